"""Putting an address on the map by hand: by choosing, by searching the register, by pointing, by typing degrees."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from leuvenhelpt.domain.errors import TemporaryFailure
from leuvenhelpt.domain.values import Place, Point, Surroundings
from leuvenhelpt.web.area_map import SIZE, View, picture, view_of
from leuvenhelpt.web.current import runtime
from leuvenhelpt.web.forms.staff import PlaceForm
from leuvenhelpt.web.tiles import CLOSEST_AT_DESK, Tile, tiles_of


@dataclass(frozen=True)
class Placing:
    """What the page offers: `choices` were found for the address as typed, `found` for what was searched."""

    form: PlaceForm
    choices: Sequence[Place]

    size = SIZE

    @property
    def is_open(self) -> bool:
        """Whether a coordinator is at it."""
        return bool(self.choices or self.form.errors or self.form.is_looking)

    @cached_property
    def view(self) -> View:
        """The piece of the city that was pointed at, or all of it."""
        shown = view_of(runtime().city, self.form.middle, self.form.closeness)
        if self.form.pixel is None:
            return shown
        return view_of(runtime().city, shown.point(*self.form.pixel), shown.closeness + 1)

    @property
    def mark(self) -> Point | None:
        """The point that was pointed at."""
        return self.view.middle if self.view.closeness else None

    @cached_property
    def around(self) -> Surroundings:
        """What is drawn."""
        return runtime().geocoder.surroundings(self.view.bounds)

    @property
    def picture(self) -> str:
        """The map, as the address of a picture."""
        return picture(runtime().city, self.view, self.around, self.mark)

    @cached_property
    def tiles(self) -> tuple[Tile, ...]:
        """What lies over the map, where the city chose so."""
        tiles = tiles_of(runtime().settings)
        return tiles.under(self.view, CLOSEST_AT_DESK) if tiles else ()

    @property
    def pin(self) -> tuple[int, int] | None:
        """Where the mark is in the picture."""
        return self.view.pixel(self.mark) if self.mark else None

    @property
    def attribution(self) -> str:
        """Whom the tiles want named."""
        return runtime().settings.tiles_attribution

    @property
    def found(self) -> tuple[Place, ...]:
        """What the register has for the words that were searched."""
        return found_for(self.form.search.data or "")

    def chosen(self) -> Place | None:
        """What is to be put on the map; None while somebody still looks, or if it is wrong and the form says so."""
        if not self.form.validate() or self.form.is_looking:
            return None
        offered = {place.label: place for place in self.found}
        if (label := self.form.found.data or "") in offered:
            return offered[label]
        return self.form.point(runtime().city, self.choices, runtime().geocoder.area_at)


def found_for(words: str) -> tuple[Place, ...]:
    """Places of the city that words may mean, the likeliest first; none while the geocoder is out of reach."""
    if not words:
        return ()
    try:
        located = runtime().geocoder.locate(words)
    except TemporaryFailure:
        located = None
    sure = [located.place] if located and located.place else []
    maybe = located.candidates if located else ()
    offered = [*sure, *maybe, *runtime().geocoder.suggest(words)]
    return tuple({place.label: place for place in offered}.values())[:8]
