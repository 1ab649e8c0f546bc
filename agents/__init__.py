"""The Mesa face: who lives in a campaign, what each decides, and the model that holds them."""

from .advocate import Advocate
from .brand import Brand
from .exposure import Exposure
from .fan import Fan
from .model import CampaignModel
from .outlet import Outlet
from .person import Person
from .stranger import Stranger

__all__ = [
    "Advocate",
    "Brand",
    "CampaignModel",
    "Exposure",
    "Fan",
    "Outlet",
    "Person",
    "Stranger",
]
