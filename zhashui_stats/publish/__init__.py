"""From notebooks to pages: papermill runs them, nbconvert renders them. No figure is known here.

- ``notebooks``: where the project's notebooks are.
- ``pipeline``: the front door: a notebook and its parameters to a page.
- ``cell_tags``: which cells of a notebook are for whom.
- ``running``: runs a notebook, and says in Chinese what went wrong.
- ``exporter``, ``markdown``, ``templates/``: an executed notebook to one page of HTML;
  ``completeness`` holds that it was run to its end, ``outputs`` is what a reader sees of its cells,
  ``pictures`` puts pictures into it, ``safe_html`` keeps from it what could load, send or run.
- ``static``: such a page where nothing has to run.
- ``startup``: what importing papermill and nbconvert may skip, or do meanwhile.
- ``kernels/``: the processes in which cells run.
- ``many/``: many pages side by side.
- ``once/``: what has not changed is not made again.
"""
