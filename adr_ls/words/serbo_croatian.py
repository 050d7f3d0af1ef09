"""The words of Serbian, Croatian and Bosnian, in both alphabets."""

from adr_ls.words.language import Language

# Words stand as paragraphs, not one a line
# fmt: off
SERBO_CROATIAN = Language(
    "Serbo-Croatian",
    codes=("sr", "hr", "bs", "sh"),
    statuses={
        "draft": ("nacrt", "u izradi", "u pripremi", "нацрт", "у изради", "у припреми"),
        "proposed": (
            "predloženo", "predložen", "predložena", "predlog", "prijedlog", "na čekanju", "u razmatranju", "na razmatranju", "odloženo",
            "предложено", "предложен", "предложена", "предлог", "на чекању", "у разматрању", "одложено",
        ),
        "accepted": (
            "prihvaćeno", "prihvaćen", "prihvaćena", "prihvaceno", "odobreno", "odobren", "odobrena", "usvojeno", "usvojen", "usvojena",
            "odlučeno", "na snazi", "važeće", "implementirano", "provedeno", "sprovedeno", "završeno", "djelomično implementirano", "delimično implementirano",
            "прихваћено", "прихваћен", "прихваћена", "одобрено", "одобрен", "одобрена", "усвојено", "усвојен", "усвојена", "одлучено", "на снази", "важеће",
            "имплементирано", "спроведено", "завршено",
        ),
        "rejected": (
            "odbijeno", "odbijen", "odbijena", "odbačeno", "odbačen", "odbačena", "povučeno", "nije prihvaćeno",
            "одбијено", "одбијен", "одбијена", "одбачено", "одбачена", "повучено", "није прихваћено",
        ),
        "deprecated": (
            "zastarjelo", "zastarelo", "zastarela", "zastarjela", "ukinuto", "ukinuta", "nevažeće", "poništeno",
            "застарело", "застарела", "укинуто", "укинута", "неважеће", "поништено",
        ),
        "superseded": (
            "zamijenjeno", "zamijenjen", "zamijenjena", "zamenjeno", "zamenjen", "zamenjena", "nadjačano", "замењено", "замењен", "замењена", "замијењено",
        ),
        "amended": ("izmijenjeno", "izmenjeno", "dopunjeno", "измењено", "измијењено", "допуњено"),
    },
    sections={
        "status": ("статус",),
        "summary": ("sažetak", "rezime", "сажетак", "резиме"),
        "context": (
            "kontekst", "kontekst i problem", "kontekst i opis problema", "opis problema", "pozadina", "motivacija",
            "контекст", "контекст и проблем", "опис проблема", "позадина", "мотивација",
        ),
        "decision": ("odluka", "odluke", "rješenje", "rešenje", "ishod odluke", "одлука", "одлуке", "решење", "рјешење", "исход одлуке"),
        "consequences": ("posljedice", "posledice", "uticaj", "utjecaj", "последице", "посљедице", "утицај"),
        "alternatives": (
            "alternative", "razmatrane alternative", "razmatrane opcije", "razmotrene alternative", "razmotrene opcije", "opcije",
            "алтернативе", "разматране алтернативе", "разматране опције", "размотрене алтернативе", "размотрене опције", "опције",
        ),
        "rationale": ("obrazloženje", "razlozi", "образложење", "разлози"),
        "references": ("reference", "poveznice", "veze", "linkovi", "povezane odluke", "izvori", "референце", "везе", "линкови", "повезане одлуке", "извори"),
        "drivers": ("kriteriji odluke", "kriterijumi odluke", "критеријуми одлуке"),
        "title": ("naslov", "naziv", "наслов", "назив"),
        "changelog": ("povijest", "povijest promjena", "istorija", "istorija izmena", "историја", "историја измена"),
    },
    fields={
        "date": ("datum", "datum odluke", "datum kreiranja", "датум", "датум одлуке", "датум креирања"),
        "updated": ("ažurirano", "zadnja izmjena", "poslednja izmena", "ажурирано", "последња измена"),
        "deciders": ("odlučili", "donositelji odluke", "donosioci odluke", "одлучили", "доносиоци одлуке"),
        "author": ("autor", "autori", "аутор", "аутори"),
        "superseded_by": (
            "zamijenjeno s", "zamijenjena s", "zamenjeno sa", "zamenjeno odlukom", "zamijenjeno odlukom", "замењено са", "замењено одлуком",
        ),
        "supersedes": ("zamjenjuje", "zamenjuje", "mijenja odluku", "замењује", "замјењује"),
        "amended_by": ("izmijenjeno odlukom", "dopunjeno odlukom", "izmenjeno odlukom", "измењено одлуком", "допуњено одлуком"),
        "amends": ("dopunjuje", "допуњује"),
        "summary": ("sažetak", "сажетак"),
        "title": ("naslov", "naziv", "наслов", "назив"),
        "related": ("povezano", "vezano za", "повезано"),
        "status": ("status",),
    },
    relations={
        "superseded_by": (
            "zamijenjeno", "zamijenjen", "zamijenjena", "zamenjeno", "zamenjen", "zamenjena", "замењено", "замењен", "замењена", "замијењено",
        ),
        "supersedes": ("zamjenjuje", "zamenjuje", "замењује", "замјењује"),
        "amended_by": ("izmijenjeno odlukom", "dopunjeno odlukom", "izmenjeno odlukom", "измењено одлуком", "допуњено одлуком"),
        "amends": ("dopunjuje", "допуњује"),
    },
    records=("odluka", "odluke", "odlukom", "odluku", "odluci", "zapis", "zapisi", "одлука", "одлуке", "одлуком", "одлуку", "одлуци", "запис"),
    names=("arhitektonska odluka", "arhitekturna odluka", "архитектонска одлука", "zapis o arhitektonskoj odluci", "zapis arhitektonske odluke"),
    itself=("ova odluka", "ovaj adr", "ovaj dokument", "ova verzija", "ovaj prijedlog", "ovaj predlog", "ова одлука", "овај adr", "овај документ", "овај предлог"),
    passages=("sekcija", "odjeljak", "odeljak", "секција", "одељак"),
    indexes=("sadržaj", "popis", "registar", "садржај", "попис", "регистар"),
    numbers=("broj", "br", "број", "бр"),
    prompts=("opišite", "opiši", "objasnite", "objasni", "navedite", "navedi", "опишите", "опиши", "објасните", "наведите"),
    pending=("u izradi", "uskoro", "bit će dopunjeno", "biće dopunjeno", "treba definisati", "treba definirati", "ускоро", "биће допуњено"),
    addenda=("dodatak", "prilog", "додатак", "прилог"),
    templates=("predložak", "predlozak", "šablon", "sablon", "шаблон"),
    options=("opcija", "alternativa", "rješenje", "rešenje", "опција", "алтернатива"),
    in_part=("djelomično", "delimično", "djelimično", "делимично"),
    none=("nema", "nijedan", "nijedna", "nije", "нема", "није"),
    nothing=("nema", "ništa", "nije primjenjivo", "nije primenjivo", "нема", "ништа"),
    parts=("dio", "deo", "dijelovi", "delovi", "odjeljak", "odeljak", "tačka", "točka", "део", "делови", "одељак", "тачка"),
    whole=("cijelu", "celu", "staru", "prethodnu"),
    conditions=("ako", "kada", "kad", "ukoliko", "ако", "када", "уколико"),
    by=("odlukom", "sa", "od strane", "одлуком", "са", "од стране"),
    optional=("neobavezno", "opcionalno", "необавезно", "опционо"),
    required=("obavezno", "обавезно"),
    auxiliaries=("je", "bila", "bilo", "је"),
    conjunctions=("i", "и"),
    disjunctions=("ili", "или"),
    see=("vidi", "vidjeti", "види"),
    vacant=("rezervirano", "rezervisano", "obrisano", "uklonjeno", "резервисано", "обрисано", "уклоњено"),
    months=(
        ("siječnja", "januara", "јануара"), ("veljače", "februara", "фебруара"), ("ožujka", "marta"), ("travnja", "aprila"),
        ("svibnja", "maja", "маја"), ("lipnja", "juna", "јуна"), ("srpnja", "jula", "јула"), ("kolovoza", "avgusta"), ("rujna", "septembra", "септембра"),
        ("oktobra", "октобра"), ("studenog", "studenoga", "novembra", "новембра"), ("prosinca", "decembra", "децембра"),
    ),
)
