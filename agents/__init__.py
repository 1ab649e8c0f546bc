"""The Mesa face: who lives in a campaign, what each decides, and the model that holds them."""

import warnings

with warnings.catch_warnings():
    # Mesa imports tqdm's bar for notebooks, which warns where there are no widgets to draw it with.
    warnings.filterwarnings("ignore", message="IProgress not found")
    import mesa  # noqa: F401

from .account import Account, Ad, Rival
from .advocate import Advocate
from .brand import Brand
from .exposure import Exposure
from .fan import Fan
from .history import Event
from .model import CampaignModel
from .occasion import Claim, Contact, Visit
from .outlet import Outlet
from .person import Person
from .stranger import Stranger

__all__ = [
    "Account",
    "Ad",
    "Advocate",
    "Brand",
    "CampaignModel",
    "Claim",
    "Contact",
    "Event",
    "Exposure",
    "Fan",
    "Outlet",
    "Person",
    "Rival",
    "Stranger",
    "Visit",
]
