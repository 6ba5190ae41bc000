package dev.sparring.dsl.explain

/** Changes that are made together, and why. */
internal class Joint(
    val changes: List<String>,
    val reasons: List<String> = emptyList(),
    name: String? = null,
) {
    val title: String =
        name
            ?: changes.take(MOST_NAMES).joinToString(" + ").let {
                val more = changes.size - MOST_NAMES
                if (more > 0) "$it + $more more" else it
            }

    companion object {
        private const val MOST_NAMES = 3

        /** @param name of all of them together; null for one made of their names */
        fun of(joints: List<Joint>, reason: String, name: String? = null) =
            Joint(joints.flatMap { it.changes }, joints.flatMap { it.reasons } + reason, name)

        /** Why a change by itself is several settings; null for those that are one. */
        fun reason(change: String): String? {
            val last = change.substringAfterLast('.')
            return when {
                '/' in last -> "$change: layers that stand in the place of others"
                '+' in last -> "$change: layers that stand together"
                last == "init" ->
                    "$change: initializers of layers, and those that layers leave open"
                last == "norm" -> "$change: norms of layers, and those that layers leave open"
                change == "data" || change == "loss" -> "$change: one object with its settings"
                change.startsWith("optimizer.") && change.count { it == '.' } == 1 ->
                    "$change: an optimizer's kind with its settings"
                ".layers." in change -> "$change: in all places of the network at once"
                else -> null
            }
        }
    }
}
