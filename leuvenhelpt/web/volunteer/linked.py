"""What a link in a message to a volunteer leads to, and in whose name it acts."""

from leuvenhelpt.domain.values import Actor, ActorKind
from leuvenhelpt.rendering.links import Purpose
from leuvenhelpt.rendering.reasons import reason
from leuvenhelpt.storage.queries import tasks
from leuvenhelpt.storage.queries.tasks import Task
from leuvenhelpt.web.current import language, now, runtime


def task_of(purpose: Purpose, token: str) -> Task:
    """The match behind a link; NotFound if the link is not ours, or leads nowhere."""
    public_id = runtime().links.read(purpose, token)
    with runtime().reading() as db:
        return tasks.task(db, public_id, now())


def volunteer_of(task: Task) -> Actor:
    """The volunteer whose link this is."""
    return Actor(ActorKind.VOLUNTEER, task.volunteer_id)


def reasons_of(task: Task) -> list[str]:
    """Why this volunteer, a sentence each."""
    sentences = [reason(why, "volunteer", runtime().city, language()) for why in task.reasons if why.is_for]
    return [sentence for sentence in sentences if sentence]
