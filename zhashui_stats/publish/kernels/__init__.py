"""The kernels that notebooks run in: this very Python, clean, and quick to start.

- ``manager``: what a report's kernel is: which Python, which sockets.
- ``environment``: what it finds: environment variables, modules imported already.
- ``client``: who talks to it.
- ``places``: where its sockets may be.
- ``warm``: a handle on a parent that has imported what notebooks need.
- ``nursery``: that parent; it forks a kernel for whoever asks.
- ``provisioner``: Jupyter's extension point: kernels from the parent, or ordinary ones.
"""
