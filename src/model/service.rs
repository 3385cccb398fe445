//! Public services and their groups.

use std::collections::HashMap;

use super::index;
use crate::diagnostic::Place;
use crate::text::date::Date;

index! {
    /// A service of the catalogue; [`ServiceIx::WHOLE`] stands for "no particular service".
    ServiceIx(u16)
}

impl ServiceIx {
    /// No particular service: the figure is of the unit as a whole.
    pub const WHOLE: Self = Self(0);
}

/// What a row of the service catalogue stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ServiceKind {
    /// One service; the only kind that is ranked and summed.
    Service,
    /// A named group of services.
    Group,
    /// A field of services.
    Field,
    /// A support programme.
    Programme,
    /// All procedures together.
    All,
}

impl ServiceKind {
    /// The kind of that name in the catalogue.
    pub fn parse(text: &str) -> Option<Self> {
        Some(match text {
            "service" => Self::Service,
            "group" => Self::Group,
            "field" => Self::Field,
            "programme" => Self::Programme,
            "all" => Self::All,
            _ => return None,
        })
    }
}

/// Who was in charge of a service, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Authority {
    /// The body.
    pub name: String,
    /// First day, where known.
    pub from: Option<Date>,
    /// Last day, where it has ended.
    pub to: Option<Date>,
    /// The legal basis.
    pub basis: String,
}

/// A service or a group of services.
#[derive(Clone, Debug)]
pub struct Service {
    /// Permanent id; makes the address of its page.
    pub id: String,
    /// Full name.
    pub name: String,
    /// Name of at most 26 signs, for charts.
    pub short_name: String,
    /// Full name in English; empty where there is none.
    pub name_en: String,
    /// Short name in English: the full one where there is no other.
    pub short_name_en: String,
    /// What it stands for.
    pub kind: ServiceKind,
    /// The services of a group.
    pub members: Vec<ServiceIx>,
    /// The service that this one is a part of: who uses it uses that one too.
    pub part_of: Option<ServiceIx>,
    /// The bodies in charge, in order of time.
    pub authorities: Vec<Authority>,
    /// Other spellings.
    pub aliases: Vec<String>,
    /// Where the catalogue has it.
    pub place: Place,
}

/// All services; position 0 is [`ServiceIx::WHOLE`].
#[derive(Clone, Debug)]
pub struct Services {
    /// The services.
    pub list: Vec<Service>,
    by_id: HashMap<String, ServiceIx>,
    by_name: HashMap<String, Vec<ServiceIx>>,
}

impl Services {
    /// Builds the lookup. `list` must not hold the whole; it is put before it.
    pub fn new(list: Vec<Service>, names: impl Fn(&Service) -> Vec<String>) -> Self {
        let whole = Service {
            id: String::new(),
            name: String::new(),
            short_name: String::new(),
            name_en: String::new(),
            short_name_en: String::new(),
            kind: ServiceKind::All,
            members: Vec::new(),
            part_of: None,
            authorities: Vec::new(),
            aliases: Vec::new(),
            place: Place::default(),
        };
        let mut services = Self {
            list: vec![whole],
            by_id: HashMap::new(),
            by_name: HashMap::new(),
        };
        for service in list {
            let ix = ServiceIx::from_at(services.list.len());
            services.by_id.entry(service.id.clone()).or_insert(ix);
            for name in names(&service) {
                let found = services.by_name.entry(name).or_default();
                if !found.contains(&ix) {
                    found.push(ix);
                }
            }
            services.list.push(service);
        }
        services
    }

    /// The service of an index.
    pub fn get(&self, ix: ServiceIx) -> &Service {
        &self.list[ix.at()]
    }

    /// The service of an id.
    pub fn find(&self, id: &str) -> Option<ServiceIx> {
        self.by_id.get(id).copied()
    }

    /// All services that bear a folded name.
    pub fn named(&self, folded: &str) -> &[ServiceIx] {
        self.by_name.get(folded).map_or(&[], Vec::as_slice)
    }

    /// All indices but the whole.
    pub fn indices(&self) -> impl Iterator<Item = ServiceIx> + use<> {
        (1..self.list.len()).map(ServiceIx::from_at)
    }

    /// All names, short names and other spellings, for suggestions; full names first.
    pub fn all_names(&self) -> impl Iterator<Item = &str> {
        let listed = || self.list.iter().skip(1);
        let others = listed().flat_map(|s| std::iter::once(&s.short_name).chain(&s.aliases));
        let all = listed().map(|s| &s.name).chain(others);
        all.map(String::as_str)
    }
}

impl Default for Services {
    fn default() -> Self {
        Self::new(Vec::new(), |_| Vec::new())
    }
}
