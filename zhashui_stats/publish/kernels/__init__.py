"""The kernels that the commands run notebooks in: this very Python, clean, and quick to start.

They are for the commands alone. JupyterLab, papermill and nbconvert start kernels in their own way.

- ``manager``: what a report's kernel is: which Python, which sockets.
- ``environment``: the environment variables that it finds.
- ``client``: who talks to it.
- ``places``: where its sockets may be.
- ``fork_server``: a parent that has imported what notebooks need; it forks a kernel for whoever
  asks.
- ``fork_client``: starts the parent, and asks it for kernels.
- ``provisioner``: how Jupyter's manager comes by a kernel: from the parent, or in the ordinary way.
"""
