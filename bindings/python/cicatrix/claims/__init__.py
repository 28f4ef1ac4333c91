"""Seventeen claims of popular articles, each played by scenarios and judged apart on evidence and on the model."""

from cicatrix.claims.bench import Bench as Bench
from cicatrix.claims.catalogue import CLAIMS as CLAIMS
from cicatrix.claims.claim import Claim as Claim
from cicatrix.claims.claim import Criterion as Criterion
from cicatrix.claims.claim import Number as Number
from cicatrix.claims.claim import Origin as Origin
from cicatrix.claims.claim import Outcome as Outcome
from cicatrix.claims.claim import Verdict as Verdict
from cicatrix.claims.claim import judged as judged
from cicatrix.claims.claim import played as played
from cicatrix.claims.text import text_of as text_of
