"""Many pages side by side: jobs, and who does them.

- ``batch``: jobs on any executor, and the data on its way to a worker without the disk.
- ``workers``: the executors: threads of this process, or a Dask cluster.
"""
