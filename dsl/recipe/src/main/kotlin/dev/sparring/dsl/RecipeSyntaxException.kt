package dev.sparring.dsl

/**
 * Text that is no recipe, or a change that does not fit one. The message is for the user: a line of
 * the form `file:line:column: path: what is wrong` for each problem.
 */
public class RecipeSyntaxException(
    /** Everything that is wrong, at least one thing, in the order of the text. */
    public val problems: List<PlacedProblem>
) : IllegalArgumentException(message(problems)) {
    /** A problem with a whole file. */
    public constructor(
        source: String,
        text: String,
    ) : this(listOf(PlacedProblem(source, null, null, "", text)))

    private companion object {
        const val MOST = 100

        fun message(problems: List<PlacedProblem>): String {
            val rest = problems.size - MOST
            val more = if (rest > 0) listOf("... and $rest more problems") else emptyList()
            return (problems.take(MOST) + more).joinToString("\n")
        }
    }
}
