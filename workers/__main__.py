"""python -m workers match | locate | pair | notify | scheduler"""

import argparse
import signal
import threading

from config import Settings, read_environment
from leuvenhelpt.bootstrap import build_runtime
from leuvenhelpt.domain.jobs import Bell
from leuvenhelpt.rendering.logs import set_up_logs
from workers.main import keep_time, listen

# "match" goes from the question to the asks without a stop; apart they are where finding an address may take seconds.
LISTENERS = {
    "match": (Bell.LOCATE, Bell.PAIR),
    "locate": (Bell.LOCATE,),
    "pair": (Bell.PAIR,),
    "notify": (Bell.NOTIFY,),
}


def main() -> None:
    """Start one worker process, named on the command line."""
    parser = argparse.ArgumentParser(prog="python -m workers", description="One worker process.")
    parser.add_argument("work", choices=[*LISTENERS, "scheduler"])
    work = parser.parse_args().work
    settings = Settings.from_environment(read_environment())
    set_up_logs(settings.log_level)
    runtime = build_runtime(settings)
    if work == "scheduler":
        stopping = threading.Event()
        for told in (signal.SIGTERM, signal.SIGINT):
            signal.signal(told, lambda *_: stopping.set())
        keep_time(runtime, stopping.is_set)
    else:
        listen(runtime, LISTENERS[work])


if __name__ == "__main__":
    main()
