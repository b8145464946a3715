package hopline.decode.stage;

/// By what evidence a stage continues a journey, weakest first. All demand equal content.
enum Tie {
    NONE,
    /// Both ends differ: source and destination were translated at once.
    CONTENT,
    /// One end is the same: the other was translated.
    ONE_END,
    /// A translation learnt from an earlier packet leads from one to the other.
    LEARNT,
    /// Nothing was translated.
    SAME_ENDS;

    boolean isTranslation() {
        return this == CONTENT || this == ONE_END;
    }
}
