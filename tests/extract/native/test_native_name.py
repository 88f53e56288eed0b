import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from felinar.extract import EXTRACTORS, words
from felinar.extract import name as plainly
from felinar.extract.contract import Context
from felinar.extract.native.name import TITLED, read
from felinar.extract.native.page import page_of_texts
from felinar.extract.native.readings import about_of
from felinar.extract.native.signs import signs_of
from felinar.extract.native.words import capitals_of, finished, is_shouting_at
