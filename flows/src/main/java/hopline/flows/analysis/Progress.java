package hopline.flows.analysis;

/// Is told now and then how far an analysis has come.
@FunctionalInterface
public interface Progress {

    /// For whoever does not want to know.
    Progress NONE = (step, records) -> {};

    /// So far so good.
    ///
    /// @param step what is being done, such as `reading`
    /// @param records how many records were read in this step so far
    void at(String step, long records);
}
