"""What gunicorn serves: settings become a runtime, the runtime becomes an application."""

from config import Settings, read_environment
from leuvenhelpt.bootstrap import build_runtime
from leuvenhelpt.web import create_app

settings = Settings.from_environment(read_environment())
app = create_app(build_runtime(settings))
