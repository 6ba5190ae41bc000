package dev.sparring.cli.reproduce

/**
 * One thing in which a run and its repetition differ.
 *
 * @param step the step from which it can be seen
 * @param kind what it is, in the order in which a step makes them
 * @param text the place and both values
 */
internal data class Difference(val step: Long, val kind: Kind, val text: String) {
    enum class Kind(val word: String) {
        FIGURE("figure"),
        TENSOR("tensor"),
        PICTURE("picture"),
        FINDING("finding"),
    }
}

/**
 * What was compared.
 *
 * @param differences the first of each kind, or of each file
 * @param what counts of what was compared, for the report
 */
internal class Compared(val differences: List<Difference>, val what: List<String>)
