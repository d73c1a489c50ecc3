"""What gunicorn serves: settings become a runtime, the runtime becomes an application."""

from config import Settings, read_environment
from leuvenhelpt.bootstrap import build_runtime
from leuvenhelpt.rendering.logs import set_up_logs
from leuvenhelpt.web import create_app

settings = Settings.from_environment(read_environment())
set_up_logs(settings.log_level)
app = create_app(build_runtime(settings))
