/// How long single steps take, and what they allocate: one class, one question.
///
/// Not marked for null checks: the benchmarks' fields are set by what runs them.
package hopline.bench;
