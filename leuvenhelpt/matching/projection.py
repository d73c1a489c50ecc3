"""Degrees to kilometres on a plane, true enough for a promise of reach.

Belgian Lambert 2008 (EPSG:3812, GRS80), a conformal cone: within Belgium a distance on this plane is at most
0.07 % off, where a sphere is 0.3 % off. Formulas: Snyder, Map Projections: A Working Manual (USGS 1395), 15.
"""

import numpy as np
import numpy.typing as npt

_AXIS_KM = 6378.137
_FLATTENING = 1 / 298.257222101
_ECCENTRICITY = float(np.sqrt(2 * _FLATTENING - _FLATTENING**2))
_PARALLELS = (49 + 5 / 6, 51 + 1 / 6)
_ORIGIN_LAT, _ORIGIN_LON = 50.797815, 4.359215833
_EAST_KM, _NORTH_KM = 649.328, 665.262

Degrees = npt.NDArray[np.float64]
Kilometres = npt.NDArray[np.float32]


def _m(lat: Degrees) -> Degrees:
    sine = np.sin(lat)
    return np.asarray(np.cos(lat) / np.sqrt(1 - (_ECCENTRICITY * sine) ** 2))


def _t(lat: Degrees) -> Degrees:
    sine = _ECCENTRICITY * np.sin(lat)
    return np.asarray(np.tan(np.pi / 4 - lat / 2) / ((1 - sine) / (1 + sine)) ** (_ECCENTRICITY / 2))


_M = _m(np.radians(np.array(_PARALLELS)))
_T = _t(np.radians(np.array(_PARALLELS)))
_N = float(np.log(_M[0] / _M[1]) / np.log(_T[0] / _T[1]))
_F = float(_M[0] / (_N * _T[0] ** _N))
_RHO_ORIGIN = float(_AXIS_KM * _F * _t(np.radians(np.array(_ORIGIN_LAT))) ** _N)


def to_plane(lat: npt.ArrayLike, lon: npt.ArrayLike) -> tuple[Kilometres, Kilometres]:
    """WGS84 degrees to east and north in km (float32, so to 3 cm); NaN stays NaN."""
    rho = _AXIS_KM * _F * _t(np.radians(np.asarray(lat, np.float64))) ** _N
    theta = _N * np.radians(np.asarray(lon, np.float64) - _ORIGIN_LON)
    east = _EAST_KM + rho * np.sin(theta)
    north = _NORTH_KM + _RHO_ORIGIN - rho * np.cos(theta)
    return east.astype(np.float32), north.astype(np.float32)
