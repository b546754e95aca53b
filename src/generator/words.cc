#include "generator/words.h"

#include <algorithm>
#include <array>
#include <string>

#include "generator/text.h"

namespace mimus {
namespace {

constexpr std::string_view kMaleUs[] = {
    "James",  "Robert",   "John",    "Michael",   "David",   "William", "Richard", "Joseph",  "Thomas",  "Charles",
    "Daniel", "Matthew",  "Anthony", "Mark",      "Donald",  "Steven",  "Paul",    "Andrew",  "Joshua",  "Kenneth",
    "Kevin",  "Brian",    "George",  "Edward",    "Ronald",  "Timothy", "Jason",   "Jeffrey", "Ryan",    "Jacob",
    "Gary",   "Nicholas", "Eric",    "Jonathan",  "Stephen", "Larry",   "Justin",  "Scott",   "Brandon", "Benjamin",
    "Samuel", "Gregory",  "Frank",   "Alexander", "Raymond", "Patrick", "Jack",    "Dennis",  "Jerry",   "Tyler"};
constexpr std::string_view kFemaleUs[] = {
    "Mary",   "Patricia", "Jennifer", "Linda",     "Elizabeth", "Barbara",   "Susan",     "Jessica",  "Sarah",
    "Karen",  "Lisa",     "Nancy",    "Betty",     "Sandra",    "Margaret",  "Ashley",    "Kimberly", "Emily",
    "Donna",  "Michelle", "Carol",    "Amanda",    "Melissa",   "Deborah",   "Stephanie", "Rebecca",  "Laura",
    "Helen",  "Sharon",   "Cynthia",  "Kathleen",  "Amy",       "Shirley",   "Angela",    "Anna",     "Ruth",
    "Brenda", "Pamela",   "Nicole",   "Katherine", "Virginia",  "Catherine", "Christine", "Samantha", "Debra",
    "Janet",  "Rachel",   "Carolyn",  "Emma",      "Maria"};
constexpr std::string_view kFamilyUs[] = {
    "Smith",    "Johnson",   "Williams", "Brown",    "Jones",    "Garcia",   "Miller",   "Davis",   "Rodriguez",
    "Martinez", "Hernandez", "Lopez",    "Gonzalez", "Wilson",   "Anderson", "Thomas",   "Taylor",  "Moore",
    "Jackson",  "Martin",    "Lee",      "Perez",    "Thompson", "White",    "Harris",   "Sanchez", "Clark",
    "Ramirez",  "Lewis",     "Robinson", "Walker",   "Young",    "Allen",    "King",     "Wright",  "Scott",
    "Torres",   "Nguyen",    "Hill",     "Flores",   "Green",    "Adams",    "Nelson",   "Baker",   "Hall",
    "Rivera",   "Campbell",  "Mitchell", "Carter",   "Roberts",  "Gomez",    "Phillips", "Evans",   "Turner",
    "Diaz",     "Parker",    "Cruz",     "Edwards",  "Collins",  "Reyes",    "Stewart",  "Morris",  "Morales",
    "Murphy",   "Cook",      "Rogers",   "Ortiz",    "Morgan",   "Cooper",   "Peterson"};
constexpr std::string_view kTitlesUs[] = {"Dr.", "Prof.", "Prof. Dr."};
constexpr std::string_view kNobleMaleUs[] = {"Sir", "Lord", "Baron", "Earl", "Duke"};
constexpr std::string_view kNobleFemaleUs[] = {"Dame", "Lady", "Baroness", "Countess", "Duchess"};
constexpr std::string_view kStreetsUs[] = {
    "Main Street",  "Oak Street",    "Park Avenue",     "Maple Street",      "Second Street",   "Third Street",
    "Cedar Street", "Elm Street",    "First Street",    "Washington Street", "Pine Street",     "Lake Street",
    "Hill Street",  "Church Street", "Walnut Street",   "Spring Street",     "Highland Avenue", "River Road",
    "Sunset Drive", "Broadway",      "Chestnut Street", "Jackson Street",    "Lincoln Avenue",  "Franklin Street"};
constexpr City kCitiesUs[] = {
    {"New York", "212", "100", "NY"},    {"Los Angeles", "213", "900", "CA"}, {"Chicago", "312", "606", "IL"},
    {"Houston", "713", "770", "TX"},     {"Phoenix", "602", "850", "AZ"},     {"Philadelphia", "215", "191", "PA"},
    {"San Antonio", "210", "782", "TX"}, {"San Diego", "619", "921", "CA"},   {"Dallas", "214", "752", "TX"},
    {"Austin", "512", "787", "TX"},      {"San Jose", "408", "951", "CA"},    {"Columbus", "614", "432", "OH"},
    {"Seattle", "206", "981", "WA"},     {"Denver", "303", "802", "CO"},      {"Boston", "617", "021", "MA"},
    {"Nashville", "615", "372", "TN"},   {"Portland", "503", "972", "OR"},    {"Detroit", "313", "482", "MI"},
    {"Memphis", "901", "381", "TN"},     {"Atlanta", "404", "303", "GA"},     {"Miami", "305", "331", "FL"},
    {"Oakland", "510", "946", "CA"},     {"Minneapolis", "612", "554", "MN"}, {"Cleveland", "216", "441", "OH"}};
constexpr std::string_view kStatesUs[] = {"AL", "AK", "AZ", "AR", "CA", "CO", "CT", "DE", "FL", "GA", "HI", "ID", "IL",
                                          "IN", "IA", "KS", "KY", "LA", "ME", "MD", "MA", "MI", "MN", "MS", "MO", "MT",
                                          "NE", "NV", "NH", "NJ", "NM", "NY", "NC", "ND", "OH", "OK", "OR", "PA", "RI",
                                          "SC", "SD", "TN", "TX", "UT", "VT", "VA", "WA", "WV", "WI", "WY"};
constexpr std::string_view kSectorsUs[] = {
    "Agriculture", "Banking",     "Construction", "Education", "Energy",
    "Health Care", "Hospitality", "Insurance",    "Logistics", "Manufacturing",
    "Media",       "Real Estate", "Retail",       "Software",  "Telecommunications"};
constexpr std::string_view kJobsUs[] = {
    "Accountant",   "Architect", "Baker",     "Carpenter",         "Chemist", "Civil engineer",
    "Data analyst", "Dentist",   "Editor",    "Electrician",       "Farmer",  "Firefighter",
    "Journalist",   "Lawyer",    "Librarian", "Mechanic",          "Nurse",   "Pharmacist",
    "Photographer", "Physician", "Plumber",   "Software engineer", "Teacher", "Translator"};
constexpr std::string_view kWebmailUs[] = {"gmail.com",   "yahoo.com", "hotmail.com",
                                           "outlook.com", "aol.com",   "icloud.com"};
constexpr std::string_view kTopLevelUs[] = {"com", "net", "org", "us", "info", "biz"};

constexpr std::string_view kMaleDe[] = {
    "Peter",  "Michael", "Thomas", "Andreas",    "Wolfgang", "Klaus",     "Jürgen",  "Günter",  "Stefan", "Christian",
    "Uwe",    "Werner",  "Horst",  "Frank",      "Dieter",   "Manfred",   "Gerhard", "Hans",    "Bernd",  "Matthias",
    "Martin", "Markus",  "Jan",    "Alexander",  "Daniel",   "Sebastian", "Tobias",  "Florian", "Lukas",  "Jonas",
    "Leon",   "Paul",    "Felix",  "Maximilian", "Ralf",     "Sven",      "Jörg",    "Holger",  "Heinz",  "Karl"};
constexpr std::string_view kFemaleDe[] = {
    "Maria",  "Ursula",   "Monika",  "Petra",   "Elisabeth", "Sabine",    "Renate",  "Helga",    "Karin",   "Brigitte",
    "Ingrid", "Andrea",   "Claudia", "Susanne", "Gisela",    "Christa",   "Erika",   "Nicole",   "Birgit",  "Gabriele",
    "Heike",  "Stefanie", "Anna",    "Julia",   "Katharina", "Christine", "Barbara", "Angelika", "Martina", "Silke",
    "Sandra", "Lena",     "Laura",   "Lea",     "Sophie",    "Johanna",   "Hannah",  "Emma",     "Katja",   "Ulrike"};
constexpr std::string_view kFamilyDe[] = {
    "Müller",  "Schmidt", "Schneider", "Fischer",  "Weber",  "Meyer",    "Wagner",   "Becker",  "Schulz",  "Hoffmann",
    "Schäfer", "Koch",    "Bauer",     "Richter",  "Klein",  "Wolf",     "Schröder", "Neumann", "Schwarz", "Zimmermann",
    "Braun",   "Krüger",  "Hofmann",   "Hartmann", "Lange",  "Schmitt",  "Werner",   "Schmitz", "Krause",  "Meier",
    "Lehmann", "Schmid",  "Schulze",   "Maier",    "Köhler", "Herrmann", "König",    "Walter",  "Mayer",   "Huber",
    "Kaiser",  "Fuchs",   "Peters",    "Lang",     "Scholz", "Möller",   "Weiß",     "Jung",    "Hahn",    "Vogel"};
constexpr std::string_view kTitlesDe[] = {"Dr.", "Prof. Dr.", "Dr.-Ing.", "Dr. med.", "Prof."};
constexpr std::string_view kNobleMaleDe[] = {"Freiherr von", "Graf von", "Ritter von", "Baron von", "Fürst von"};
constexpr std::string_view kNobleFemaleDe[] = {"Freifrau von", "Gräfin von", "Edle von", "Baronin von", "Fürstin von"};
constexpr std::string_view kStreetsDe[] = {
    "Hauptstraße",   "Schulstraße",  "Gartenstraße", "Bahnhofstraße", "Dorfstraße",   "Bergstraße",
    "Birkenweg",     "Lindenstraße", "Kirchstraße",  "Waldstraße",    "Ringstraße",   "Schillerstraße",
    "Goethestraße",  "Amselweg",     "Jahnstraße",   "Wiesenweg",     "Mozartstraße", "Buchenweg",
    "Am Sportplatz", "Feldstraße",   "Rosenweg",     "Mühlenweg",     "Blumenstraße", "Friedhofstraße"};
constexpr City kCitiesDe[] = {
    {"Berlin", "30", "10", "BE"},      {"Hamburg", "40", "20", "HH"},    {"München", "89", "80", "BY"},
    {"Köln", "221", "50", "NW"},       {"Frankfurt", "69", "60", "HE"},  {"Stuttgart", "711", "70", "BW"},
    {"Düsseldorf", "211", "40", "NW"}, {"Leipzig", "341", "04", "SN"},   {"Dortmund", "231", "44", "NW"},
    {"Essen", "201", "45", "NW"},      {"Bremen", "421", "28", "HB"},    {"Dresden", "351", "01", "SN"},
    {"Hannover", "511", "30", "NI"},   {"Nürnberg", "911", "90", "BY"},  {"Duisburg", "203", "47", "NW"},
    {"Bochum", "234", "44", "NW"},     {"Bonn", "228", "53", "NW"},      {"Münster", "251", "48", "NW"},
    {"Mannheim", "621", "68", "BW"},   {"Karlsruhe", "721", "76", "BW"}, {"Augsburg", "821", "86", "BY"},
    {"Kiel", "431", "24", "SH"},       {"Mainz", "6131", "55", "RP"},    {"Erfurt", "361", "99", "TH"}};
constexpr std::string_view kStatesDe[] = {"BB", "BE", "BW", "BY", "HB", "HE", "HH", "MV",
                                          "NI", "NW", "RP", "SH", "SL", "SN", "ST", "TH"};
constexpr std::string_view kSectorsDe[] = {"Bauwesen",       "Bildung",        "Chemie",       "Einzelhandel",
                                           "Energie",        "Fahrzeugbau",    "Gastgewerbe",  "Gesundheitswesen",
                                           "Landwirtschaft", "Logistik",       "Maschinenbau", "Medien",
                                           "Software",       "Versicherungen", "Banken"};
constexpr std::string_view kJobsDe[] = {
    "Arzt",    "Architektin",   "Bäcker",  "Buchhalterin", "Chemiker",   "Dachdecker", "Elektriker", "Erzieherin",
    "Förster", "Friseurin",     "Gärtner", "Ingenieurin",  "Journalist", "Kauffrau",   "Koch",       "Lehrerin",
    "Maler",   "Mechatroniker", "Notarin", "Pfleger",      "Richterin",  "Schreiner",  "Tierärztin", "Übersetzer"};
constexpr std::string_view kWebmailDe[] = {"gmx.de", "web.de", "t-online.de", "gmail.com", "freenet.de", "outlook.de"};
constexpr std::string_view kTopLevelDe[] = {"de", "com", "net", "org", "eu", "info"};

constexpr std::array<CountryWords, 2> kCountries{{
    {"US", "United States", "1", kMaleUs, kFemaleUs, kFamilyUs, kTitlesUs, kNobleMaleUs, kNobleFemaleUs, kStreetsUs,
     kCitiesUs, kStatesUs, kSectorsUs, kJobsUs, kWebmailUs, kTopLevelUs},
    {"DE", "Deutschland", "49", kMaleDe, kFemaleDe, kFamilyDe, kTitlesDe, kNobleMaleDe, kNobleFemaleDe, kStreetsDe,
     kCitiesDe, kStatesDe, kSectorsDe, kJobsDe, kWebmailDe, kTopLevelDe},
}};

struct PhoneCode {
  std::string_view country, code;
};
// ITU-T E.164, assigned country codes.
constexpr PhoneCode kPhoneCodes[] = {
    {"AR", "54"},  {"AT", "43"},  {"AU", "61"},  {"BE", "32"}, {"BG", "359"}, {"BR", "55"},  {"CA", "1"},
    {"CH", "41"},  {"CL", "56"},  {"CN", "86"},  {"CO", "57"}, {"CY", "357"}, {"CZ", "420"}, {"DE", "49"},
    {"DK", "45"},  {"EE", "372"}, {"EG", "20"},  {"ES", "34"}, {"FI", "358"}, {"FR", "33"},  {"GB", "44"},
    {"GR", "30"},  {"HR", "385"}, {"HU", "36"},  {"ID", "62"}, {"IE", "353"}, {"IL", "972"}, {"IN", "91"},
    {"IS", "354"}, {"IT", "39"},  {"JP", "81"},  {"KR", "82"}, {"LT", "370"}, {"LU", "352"}, {"LV", "371"},
    {"MT", "356"}, {"MX", "52"},  {"MY", "60"},  {"NL", "31"}, {"NO", "47"},  {"NZ", "64"},  {"PE", "51"},
    {"PH", "63"},  {"PL", "48"},  {"PT", "351"}, {"RO", "40"}, {"RU", "7"},   {"SE", "46"},  {"SG", "65"},
    {"SI", "386"}, {"SK", "421"}, {"TH", "66"},  {"TR", "90"}, {"TW", "886"}, {"UA", "380"}, {"US", "1"},
    {"VE", "58"},  {"VN", "84"},  {"ZA", "27"}};

constexpr std::string_view kCompanyStarts[] = {
    "Auto", "Bit",     "Book",  "Click", "Code", "Compu", "Cyber", "Data",    "Digi", "Dyna",   "Free",
    "Giga", "Home",    "Hot",   "Info",  "Link", "Micro", "Mind",  "My",      "Nano", "Object", "Power",
    "Real", "Silicon", "Smart", "Solar", "Tech", "Tele",  "Trade", "Venture", "Web",  "Wire",   "Your"};
constexpr std::string_view kCompanyEnds[] = {
    "Base", "Bit",     "Bot",     "Box",   "Card",   "Cast",  "City",  "Com",   "Direct", "Flash", "Forge",  "Mart",
    "Net",  "ology",   "Point",   "Quest", "Scape",  "Scout", "Serve", "Set",   "Shop",   "Space", "Sphere", "Soft",
    "Star", "Station", "Systems", "Tech",  "Vision", "Ware",  "Wire",  "Works", "World",  "Zone"};

const CountryWords* find_words(std::string_view dataset) {
  const std::string code = upper_ascii(dataset);
  const auto known = std::ranges::find(kCountries, code, &CountryWords::code);
  return known == kCountries.end() ? nullptr : &*known;
}

}  // namespace

const CountryWords& words_of(std::string_view dataset) {
  const CountryWords* known = find_words(dataset);
  return known == nullptr ? kCountries[0] : *known;
}

bool has_words(std::string_view dataset) { return find_words(dataset) != nullptr; }

std::string_view phone_code_of(std::string_view country) {
  const std::string code = upper_ascii(country);
  const auto* known = std::ranges::find(kPhoneCodes, code, &PhoneCode::country);
  return known == std::end(kPhoneCodes) ? "1" : known->code;
}

WordList company_starts() { return kCompanyStarts; }
WordList company_ends() { return kCompanyEnds; }

}  // namespace mimus
