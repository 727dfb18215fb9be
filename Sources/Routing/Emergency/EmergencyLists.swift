/// What means danger, and what only looks like it.
///
/// Source of the core: section D of the catalogue facts; the rest are the forms people really write. Adding is safe: a word too many shows
/// one panel too many, a word too few may cost a life.
enum EmergencyLists {
    static let triggers: [EmergencyPhrase] =
        general.map { EmergencyPhrase($0) }
        + wires.map { EmergencyPhrase($0, danger: .wire) }
        + gas.map { EmergencyPhrase($0, danger: .gas) }
        + crisis.map { EmergencyPhrase($0, danger: .crisis) }

    static let exceptions: [EmergencyPhrase] = harmless.map { EmergencyPhrase($0) }

    private static let general = [
        // Fire
        "fire", "flames", "burning .. down", "feu", "incendie", "flammes", "en flamme",
        "smoke .. house|home|apartment|building|basement|kitchen|unit|hallway",
        "fumee .. maison|appartement|immeuble|logement|cuisine|couloir|sous",
        // Life
        "not breathing", "stopped breathing", "isn t breathing", "cannot breathe", "can t breathe", "cant breathe",
        "ne respire", "respire pas", "respire plus", "peut .. respirer",
        "bleeding", "bleed .. badly|lot", "saigne", "saignement", "hemorragie",
        "unconscious", "passed out", "not responding", "inconscient", "inconsciente", "sans connaissance",
        "heart attack", "chest pain", "having .. stroke", "crise cardiaque", "fait .. avc", "choking", "s etouffe",
        "drowning", "drowned", "noyade", "se noie", "overdose", "overdosing", "surdose",
        "child|baby|kid|toddler|infant .. alone|locked|left|trapped .. car|vehicle|van|truck",
        "enfant|bebe .. seul|seule|enferme|enfermee|laisse|laissee .. auto|voiture|vehicule",
        "trapped .. car|house|building|elevator|water|inside", "coince .. auto|voiture|ascenseur|maison",
        // Violence
        "gun", "gunshot", "gunfire", "shots fired", "rifle", "arme", "coup .. feu", "fusil", "pistolet",
        "knife|knives", "stabbed", "stabbing", "couteau", "poignarde",
        "being|getting attacked", "attacking me|him|her|us|someone|people|child|woman|man|kid",
        "attacked .. now", "being assaulted", "assaulting", "agression", "agresse|agressee", "m attaque",
        "attaque .. maintenant",
        "break in .. now|happening|progress", "breaking in|into .. house|home|apartment|now|my",
        "someone|somebody|intruder .. breaking in|into", "intruder",
        "entree .. effraction", "entre .. effraction", "effraction .. cours|maintenant", "cambriolage .. cours",
        "active shooter", "hostage", "otage",
        // Structures and blasts
        "collapse", "collapsed", "collapsing", "effondrement", "effondre|effondree", "s effondre",
        "explosion", "exploded", "exploding", "explose|explosee", "bomb", "bombe",
    ]

    private static let wires = [
        "wire|wires|powerline|hydroline .. down|downed|fallen|fell|hanging|snapped|arcing|live",
        "power|hydro|electric|electrical|live line|lines|wire|cable|cables .. down|fallen|fell|hanging|snapped|ground|road",
        "downed|fallen|live wire|powerline", "downed|fallen power|hydro|electric|electrical line|wire|cable",
        "on .. wire|wires|powerline", "tree|branch .. wire|wires|powerline",
        "sparks|sparking", "arcing",
        "fil|fils .. tombe|tombes|terre|sol|arrache|arraches|pend|pendent|coupe|coupes",
        "fil|cable|ligne electrique .. tombe|tombee|tombes|tombees|terre|sol|arrache|arrachee|pend|coupe",
        "arbre|branche .. fil|fils", "etincelle",
    ]

    private static let gas = [
        "gas smell", "smell|smells|smelling .. gas", "gas leak", "leaking gas", "odeur .. gaz", "fuite .. gaz",
        "sent|sentir .. gaz", "carbon monoxide", "co alarm|detector .. beeping|ringing|sounding|going|alarm",
        "monoxyde", "alarme co",
    ]

    private static let crisis = [
        "suicide", "suicidal", "kill myself|himself|herself|themselves|themself", "end my life", "want .. die",
        "suicidaire", "me|se suicider", "me tuer", "en finir .. vie", "veux|veut mourir",
    ]

    private static let harmless = [
        // Things with fire in their name
        "fire hydrant|hydrants", "fire pit|pits", "firepit", "fire permit", "fire burn permit", "open fire permit",
        "fire route",
        "fire lane", "fire hall", "fire station", "fire department", "fire service", "fire prevention",
        "fire extinguisher",
        "fire inspection", "fire inspector", "fire code", "fire ban", "fire drill", "fire truck", "fire engine",
        "fire chief",
        "fire escape", "fire door", "fire safety", "fire plan", "fire number", "fire rating", "fire place", "fire wood",
        "fire works", "fire fighter", "fire marshal", "fire sale", "fire fly", "camp fire permit", "fire insurance",
        "feu circulation", "feu .. circulation", "feu .. signalisation",
        "feu rouge|vert|jaune|clignotant|pieton|tricolore",
        "feu pietonnier", "feu pour pieton", "feu .. camp", "feu .. joie", "feu .. artifice", "feu arriere|avant",
        "couvre feu", "permis .. feu", "interdiction .. feu",
        "borne .. incendie", "poteau .. incendie", "service .. incendie", "prevention .. incendie",
        "avertisseur .. incendie", "voie .. incendie", "route .. incendie", "camion .. incendie",
        "assurance .. incendie",
        "permis .. incendie", "inspection .. incendie", "code .. incendie", "securite incendie", "caserne .. incendie",
        "smoke alarm", "smoke detector", "smoke free", "avertisseur .. fumee", "detecteur .. fumee",
        // Weapons that are none
        "glue gun", "nail gun", "heat gun", "radar gun", "speed gun", "gun club", "gun range", "gun show", "spray gun",
        "staple gun", "butter knife|knives", "putty knife", "knife sharpening", "beton arme", "force arme",
        "couteau .. beurre", "arme .. jouet",
        // Words that mean something else here
        "wire fence", "barbed wire", "chicken wire", "sparks street|avenue|road|drive", "spark plug", "spark plugs",
        "unconscious bias", "bleeding heart|hearts", "drowning in paperwork|noise|garbage|debt|mail",
        "population explosion", "explosion .. population", "overdose prevention|awareness",
        "suicide prevention|awareness",
        "prevention .. suicide", "prevention .. surdose", "gas station", "collapsed box|boxes|cardboard",
        "collapse folder",
        "carbon monoxide detector|alarm question|program|rebate|replacement|battery|install|installation",
    ]
}
