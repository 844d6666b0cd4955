"""The kernels that notebooks run in: this very Python, clean, and quick to start.

- ``manager``: what a report's kernel is: which Python, which sockets.
- ``environment``: what it finds: environment variables, modules imported already.
- ``client``: who talks to it.
- ``places``: where its sockets may be.
- ``fork_server``: a parent that has imported what notebooks need; it forks a kernel for whoever
  asks.
- ``fork_client``: starts such parents, and asks them for kernels.
- ``provisioner``: Jupyter's extension point: kernels from the parent, or ordinary ones.
"""
