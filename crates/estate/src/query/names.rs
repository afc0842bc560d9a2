//! Names that are near to one that does not exist.

/// The candidates nearest to `name`, nearest first, at most three; none if nothing comes near.
pub fn near_names<'n>(name: &str, candidates: impl IntoIterator<Item = &'n str>) -> Vec<&'n str> {
    let wanted = name.to_lowercase();
    let most = (wanted.chars().count() / 3).clamp(1, 4);
    let mut near: Vec<(usize, &str)> = candidates
        .into_iter()
        .map(|candidate| (distance(&wanted, &candidate.to_lowercase()), candidate))
        .filter(|(distance, _)| *distance <= most)
        .collect();
    near.sort_unstable();
    near.dedup();
    near.into_iter().take(3).map(|(_, candidate)| candidate).collect()
}

/// How many letters to insert, delete or replace.
fn distance(one: &str, two: &str) -> usize {
    let two: Vec<char> = two.chars().collect();
    let mut row: Vec<usize> = (0..=two.len()).collect();
    for (at, letter) in one.chars().enumerate() {
        let mut diagonal = at;
        row[0] = at + 1;
        for (column, other) in two.iter().enumerate() {
            let replaced = diagonal + usize::from(letter != *other);
            diagonal = row[column + 1];
            row[column + 1] = replaced.min(diagonal + 1).min(row[column] + 1);
        }
    }
    row[two.len()]
}

#[cfg(test)]
mod tests {
    use super::near_names;

    #[test]
    fn a_slip_of_the_pen_is_near() {
        let names = ["vnet-recovery", "vnet-source", "vnet-azure"];
        assert_eq!(near_names("vnet-recvery", names), ["vnet-recovery"]);
        assert_eq!(near_names("VNET-SOURCE", names), ["vnet-source"]);
        assert!(near_names("hub", names).is_empty());
    }
}
