"""Half-year reports on open-government submissions (政务公开信息报送)."""

__version__ = "0.1.0"
