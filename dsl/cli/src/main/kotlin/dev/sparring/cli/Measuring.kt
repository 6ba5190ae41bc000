package dev.sparring.cli

/** Does something for a recipe's `evaluate`; what that cannot measure is bad input. */
internal fun measuring(work: () -> Unit) {
    try {
        work()
    } catch (e: IllegalArgumentException) {
        throw BadInput("evaluate: ${e.message}", e)
    }
}
