//! Which of the resources that tell of one site is meant.

use drlint_resource::ResourceId;

use crate::{Estate, SiteLink, SiteTelling};

impl<'e> SiteLink<'e> {
    /// The id of the gateway or site that its connection names; of the whole site where no connection does.
    pub fn site_id(&self, estate: &'e Estate) -> &'e ResourceId {
        self.telling(estate).map_or(&self.site.id, |telling| &telling.id)
    }

    /// The name of the gateway or site that its connection names; of the whole site where no connection does.
    pub fn site_name(&self, estate: &'e Estate) -> &'e str {
        self.telling(estate).map_or(&self.site.name, |telling| &telling.name)
    }

    fn telling(&self, estate: &'e Estate) -> Option<&'e SiteTelling> {
        let named = |connection: &crate::Connection| {
            let other = connection.other.known()?;
            self.site.tellings.iter().find(|telling| telling.id == *other)
        };
        estate.connections_of(self.link).find_map(named)
    }
}
