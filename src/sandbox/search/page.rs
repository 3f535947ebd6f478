use crate::sandbox::fault::failed;
use crate::wire::Fault;
use crate::wire::bean::View;

/// The part of what was found that the fetch options ask for by `from` and `count`.
pub(crate) fn page<'n, Found>(
    found: &'n [Found],
    options: View<'_>,
) -> Result<&'n [Found], Fault> {
    let from = options.integer("from").unwrap_or(0);
    let Ok(from) = usize::try_from(from) else {
        return Err(failed(format!("fromIndex = {from}")));
    };
    let rest = found.get(from..).unwrap_or_default();
    let Some(count) = options.integer("count") else { return Ok(rest) };
    // The server adds both as 32-bit integers.
    let end = i64::try_from(from).unwrap_or(i64::MAX).saturating_add(count);
    let count = usize::try_from(count).unwrap_or(0);
    let count = if end > i64::from(i32::MAX) { 0 } else { count };
    Ok(&rest[..count.min(rest.len())])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sandbox::store::Number;
    use crate::wire::bean::Graph;

    fn cut(from: Option<i64>, count: Option<i64>) -> Result<Vec<u64>, String> {
        let mut graph = Graph::new();
        let options = graph.add("as.dto.sample.fetchoptions.SampleFetchOptions");
        graph.set(options, "from", from);
        graph.set(options, "count", count);
        let found = [1, 2, 3, 4, 5].map(Number);
        let page = page(&found, graph.view(options));
        let page = page.map(|numbers| numbers.iter().map(|number| number.0).collect());
        page.map_err(|fault| fault.message)
    }

    #[test]
    fn a_page_is_cut_out_of_what_was_found() {
        assert_eq!(cut(Some(2), Some(2)), Ok(vec![3, 4]));
        assert_eq!(cut(Some(4), None), Ok(vec![5]));
        assert_eq!(cut(None, Some(1)), Ok(vec![1]));
    }

    #[test]
    fn pages_beyond_the_end_or_without_a_length_are_empty() {
        assert_eq!(cut(Some(5), Some(2)), Ok(vec![]));
        assert_eq!(cut(Some(100), Some(2)), Ok(vec![]));
        assert_eq!(cut(Some(0), Some(-1)), Ok(vec![]));
        assert_eq!(cut(Some(4), Some(2_147_483_647)), Ok(vec![]));
    }

    #[test]
    fn a_page_before_the_beginning_is_refused() {
        assert_eq!(cut(Some(-1), Some(2)), Err("fromIndex = -1".to_owned()));
    }
}
