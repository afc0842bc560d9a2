//! Fields whose values are never printed (`AZURE.md`, section 1.9).

const SECRET_FIELDS: [&str; 12] = [
    "sharedKey",
    "authorizationKey",
    "serviceKey",
    "adminPassword",
    "customData",
    "radiusServerSecret",
    "protectedSettings",
    "admin_password",
    "custom_data",
    "shared_key",
    "authorization_key",
    "service_key",
];

/// Whether a member of this name holds a secret, in whatever object it stands.
pub fn is_secret(name: &str) -> bool {
    SECRET_FIELDS.iter().any(|field| field.eq_ignore_ascii_case(name))
}
