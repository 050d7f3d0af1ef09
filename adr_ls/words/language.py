"""What a language knows: the words in which people write ADRs, as data.

One module for each language holds one `Language`, and `lookup` is the only one that reads them. Words stand in lower case, without
punctuation around them; names of months and days as the language writes them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

Canonical = Literal["draft", "proposed", "accepted", "rejected", "deprecated", "superseded", "amended", "other", "none"]
"""What a status comes to, whatever a team calls it; ``other`` is a status in words of its own, ``none`` no status at all."""

STATUSES: tuple[Canonical, ...] = ("draft", "proposed", "accepted", "rejected", "deprecated", "superseded", "amended")
ENDED: tuple[Canonical, ...] = ("superseded", "deprecated", "rejected")
"""What becomes of decisions that hold no longer."""

Relation = Literal["superseded_by", "supersedes", "amended_by", "amends", "related"]
"""How one record stands to another; each but ``related`` has its converse."""

CONVERSE: Mapping[Relation, Relation] = MappingProxyType(
    {"superseded_by": "supersedes", "supersedes": "superseded_by", "amended_by": "amends", "amends": "amended_by"},
)


@dataclass(frozen=True, eq=False, repr=False)  # there is one of each, and comparing all words would tell no more
class Language:
    """The words of one language: for each meaning those in use, the usual one first, which is the one that edits write.

    Only `name` has to be there. What a language leaves out is not read in it; what edits have to write is English then.
    """

    name: str
    codes: tuple[str, ...] = ()
    """How file names write that a text is in it: ``0001-x.en.md``."""

    # The parts of a record

    statuses: Mapping[Canonical, tuple[str, ...]] = field(default_factory=dict)
    """What a decision's status is called; matched by the whole of a value, or by how it begins."""
    sections: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Headings, by the part that a section plays: ``context``, ``decision`` …; matched by the whole heading."""
    proposals: tuple[str, ...] = ()
    """Headings that hardly any other text has than a proposal: *detailed design*, *drawbacks*, *open questions*; matched by the whole heading. The first is that of the design, which no mere decision has."""
    fields: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Keys of metadata, by what they hold: ``status``, ``date``, ``superseded_by`` …; matched by the whole key."""
    relations: Mapping[Relation, tuple[str, ...]] = field(default_factory=dict)
    """Verbs by which one record says how it stands to another."""
    either: tuple[str, ...] = ()
    """Nouns for a replacement that do not say which record replaces which, as keys: 替代."""
    adding: tuple[str, ...] = ()
    """Those of them by which a record adds to another that may stay as it is: *extends*. Prose says so of what was built upon, too."""
    after: Mapping[Relation, tuple[str, ...]] = field(default_factory=dict)
    """The same, behind the other record's name, where a language has its verb last: ``ADR-0003 に置き換え``."""
    particles: tuple[str, ...] = ()
    """With what such phrases begin, behind which stands how far they go: ADR-0003 *に*一部置き換え."""
    states: tuple[str, ...] = ()
    """What the heading says over a list that explains the statuses: *lifecycle*."""
    records: tuple[str, ...] = ()
    """Nouns for a record, one and several."""
    names: tuple[str, ...] = ()
    """What is put before a record's title or number in full: ``Architecture Decision Record: …``."""
    itself: tuple[str, ...] = ()
    """How a record speaks of itself or of those who decided: *this decision*, *we*."""
    of_itself: tuple[str, ...] = ()
    """The same where something is the record's own, as far as the words differ: *this decision's* scope, die Regel *dieser Entscheidung*."""
    passages: tuple[str, ...] = ()
    """Nouns for a part of its text: the Context *section*."""
    inflections: tuple[tuple[str, ...], ...] = ()
    """Endings of which the words for a status may have any, by what they belong to: ``("o", "a", "os", "as")``."""
    indexes: tuple[str, ...] = ()
    """How a file is called that lists records, beside what it is called everywhere: *README*, *index*."""
    remaining: tuple[str, ...] = ()
    """What a group is called that has what belongs in none of the others: *other* decisions, *miscellaneous*."""
    numbers: tuple[str, ...] = ()
    """What a template writes in the place of a record's number: ``{number}``."""
    drafts: tuple[str, ...] = ()
    """What a title or a file's name says of a record that is not finished."""
    addenda: tuple[str, ...] = ()
    """How files are called that add to a record without being one: an *addendum*."""
    templates: tuple[str, ...] = ()
    """What the file of a template is called."""
    open_ends: tuple[str, ...] = ()
    """How words begin in the headings over what is still to be done."""
    options: tuple[str, ...] = ()
    """Nouns for one of the alternatives: *option 2*."""
    several: tuple[str, ...] = ()
    """Words that choose none or more than one of the options: *both*, *a mix of*."""

    unsettled: tuple[str, ...] = ()
    """Notes that something is still to be said, written in capitals: *TODO*."""
    pending: tuple[str, ...] = ()
    """What stands in a section that somebody means to write later: *to be determined*."""

    prompts: tuple[str, ...] = ()
    """With what a template begins when it asks for something, or ends where verbs stand last: *describe*, *list*."""

    # How words are written

    misspelled: Mapping[str, str] = field(default_factory=dict)
    """Statuses that are so often misspelled that they are understood, and how they are spelled."""
    lookalikes: tuple[str, ...] = ()
    """Words that are nearly one that is looked for, and none of its misspellings."""
    opposites: tuple[str, ...] = ()
    """With what a word begins that says the opposite of the rest of it: *un*."""
    endings: tuple[str, ...] = ()
    """In what the forms of one word differ."""
    letters: Mapping[str, str] = field(default_factory=dict)
    """Small letters that this language writes as others where only ASCII will do, and other languages do not: *ü* as *ue*."""

    # How far a statement reaches

    deciding: tuple[str, ...] = ()
    """How words begin that speak of the deciding: *approval*."""
    in_part: tuple[str, ...] = ()
    """Words that say that a relation covers the other record only in part."""
    none: tuple[str, ...] = ()
    """Words that say that there is none, or that something is not so: of a value's beginning, and before a verb."""
    nothing: tuple[str, ...] = ()
    """What people write where there is nothing to write."""
    yet: tuple[str, ...] = ()
    """What is added to that: none *so far*."""
    concerning: tuple[str, ...] = ()
    """With what a remark begins that says for what alone something holds: superseded (*for* the web) by ADR-7."""
    possessives: tuple[str, ...] = ()
    """What is put right behind a record's name before something that is a part of it, with a mark before it where words have blanks between
    them: ADR-7'*s* rule, ADR-7 *的*规则."""
    rest: tuple[str, ...] = ()
    """Words behind a record's name that say that some of it still holds."""
    past: tuple[str, ...] = ()
    """Words that say that what still stands of a record is there for what it was."""
    archives: tuple[str, ...] = ()
    """How files and folders are called that tell of what was: an *archive*, a *change log*."""
    former: tuple[str, ...] = ()
    """How words begin that speak of something as no longer holding: *no longer*, *reject*."""
    parts: tuple[str, ...] = ()
    """Nouns for a part of a decision: what is said of one is not said of the whole record."""
    inside: tuple[str, ...] = ()
    """What stands between a part and its whole: the criterion *of* ADR-7."""
    whole: tuple[str, ...] = ()
    """Words before a record's name, besides articles and nouns for a record, that mean all of it or only introduce it: the *old* ADR-7."""
    works: tuple[str, ...] = ()
    """Nouns for all that a record decides on: the *design* presented in ADR-7."""
    relatives: tuple[str, ...] = ()
    """With what a remark goes on about what stands before it: ADR-7, *which* is only a draft."""
    in_role: tuple[str, ...] = ()
    """Behind which stands in what role something is done: *as* part of the move."""
    conditions: tuple[str, ...] = ()
    """Words that say that something is not so yet, or only in some case: *once*, *would*, *planned*."""
    foreign: tuple[str, ...] = ()
    """Words before ``ADR-7`` that say that it is a record of another collection."""
    files: tuple[str, ...] = ()
    """Nouns for a file, where they stand between a record's name and what is said of it: the ADR-7 *file* was deleted."""
    vacant: tuple[str, ...] = ()
    """What is said of a record that does not exist, or not yet: ``ADR-8 is`` *reserved*."""
    bygone: tuple[str, ...] = ()
    """Words right before ``ADR-8`` that say that it is of a series that is no more: the *former* ADR-8."""
    homes: tuple[str, ...] = ()
    """Nouns for where other records live: ``ADR-8 in the mobile`` *repository*."""
    considered: tuple[str, ...] = ()
    """Headings over the list of options that a record considered, the chosen one among them; matched by the whole heading."""
    weighed: tuple[str, ...] = ()
    """Headings over what speaks for and against each of them."""
    chosen: tuple[str, ...] = ()
    """With what the sentence begins that names the one that was taken, up to its colon: *chosen option*."""
    owners: tuple[str, ...] = ()
    """Genitives of such nouns, which need no other word before them: ``ADR-8`` *бэкенда*."""
    ours: tuple[str, ...] = ()
    """Words before such a noun by which it is that of the record itself: *this*, *our*."""
    ordinary: tuple[str, ...] = ()
    """Words in small letters that stand before ``ADR-7`` without telling whose record it is."""
    attributes: tuple[str, ...] = ()
    """In what other such words end, where no noun of the language that may name a collection ends so."""
    bound: tuple[str, ...] = ()
    """What a hyphen joins to ``ADR-7`` without telling whose record it is: the *pre*-ADR-7 layout."""
    suffixes: tuple[str, ...] = ()
    """What a hyphen joins to it from behind, as the ending of a word: ADR-7*-et*."""
    contractions: tuple[str, ...] = ()
    """Words that look like a genitive and are none: *it's*."""
    by: tuple[str, ...] = ()
    """What stands between a status such as "superseded" and the record that did it."""
    around: tuple[tuple[str, str], ...] = ()
    """What stands before and behind the record that superseded this one, where a language has it between two words: 被 … 取代."""
    parted: tuple[str, ...] = ()
    """Those of `relations` whose first word stands before a record and the others behind it: *löst* ADR-7 *ab*."""
    optional: tuple[str, ...] = ()
    """Words by which a template marks a section that records may do without."""
    required: tuple[str, ...] = ()
    """Words by which it marks one that they need."""

    # Small words

    articles: tuple[str, ...] = ()
    """*the*, *a*."""
    determiners: tuple[str, ...] = ()
    """What else stands in the place of an article: *its*, *this*, *each*."""
    prepositions: tuple[str, ...] = ()
    """*in*, *with*, *for*: behind one more follows."""
    auxiliaries: tuple[str, ...] = ()
    """Forms of *be*, *have* and the like, with which a sentence goes on behind its subject."""
    having: tuple[str, ...] = ()
    """Those of *have*, behind which a participle says what its subject did: this record *has* replaced ADR-7."""
    adverbs: tuple[str, ...] = ()
    """Words beside a verb that change nothing in what it says: *now*, *also*, *later*."""
    fillers: tuple[str, ...] = ()
    """What else may stand between a subject and its verb without a say: *hereby*, *fully*, *this record* itself."""
    hereby: tuple[str, ...] = ()
    """Words by which a text does what it says: *hereby*."""
    conjunctions: tuple[str, ...] = ()
    """What joins the last of several: *and*."""
    listing: tuple[str, ...] = ()
    """What else stands between two records of a list: *together with*."""
    disjunctions: tuple[str, ...] = ()
    """*or*, *versus*."""
    contrasts: tuple[str, ...] = ()
    """*but*."""
    ranges: tuple[str, ...] = ()
    """What stands between the first and the last of a range: 3 *to* 7."""
    see: tuple[str, ...] = ()
    """What leads to another text: *see also*."""
    reasons: tuple[str, ...] = ()
    """What introduces a reason: *because*."""
    asking: tuple[str, ...] = ()
    """With what a heading asks that could as well be a title: *what* is the status?"""
    abbreviations: tuple[str, ...] = ()
    """Words whose full stop ends no sentence, without their last full stop."""

    # Turns of phrase

    excerpts: tuple[str, ...] = ()
    """What introduces a selection of records and not all of them: *key* decisions."""
    examples: tuple[str, ...] = ()
    """*for example*."""
    unused: tuple[str, ...] = ()
    """What is said of a number that no record has: *reserved*."""
    therefore: tuple[str, ...] = ()
    """What a decision may begin with before it says anything: *therefore*."""
    deciders: tuple[str, ...] = ()
    """Who decides, as the subject of a decision's first sentence: *we*."""
    decide: tuple[str, ...] = ()
    """What follows on that: *will*, *have decided to*."""
    use: tuple[str, ...] = ()
    """And on that: *use*, *adopt*."""
    follows: tuple[str, ...] = ()
    """The end of a sentence that leads up to a list: *for the following reasons*."""
    following: tuple[str, ...] = ()
    """The word in that, as an adjective."""

    # Dates

    months: tuple[tuple[str, ...], ...] = ()
    """Twelve, each with all its forms: its name as dates write it, then abbreviations and other spellings, the same ones in the same
    place where all months have them."""
    date_blanks: tuple[str, ...] = ()
    """What a template writes for year, month and day, in this order: ``("YYYY", "MM", "DD")``."""
    weekdays: tuple[str, ...] = ()
    """The days of the week, and how they are abbreviated."""
    ordinals: tuple[str, ...] = ()
    """What is put right behind the number of a day: 3 *rd*."""
    of_month: tuple[str, ...] = ()
    """What stands between day, month and year: 3 *of* May."""
    on: tuple[str, ...] = ()
    """What is put before a date: *on*, *circa*."""
    since: tuple[str, ...] = ()
    """What else stands between a status and its date: *since*."""
