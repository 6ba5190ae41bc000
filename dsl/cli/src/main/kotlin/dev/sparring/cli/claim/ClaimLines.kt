package dev.sparring.cli.claim

import dev.sparring.cli.ProgressLines.Companion.figure

/** A verdict in lines, from what files keep of it. */
internal class ClaimLines(private val json: Map<String, Any?>) {
    val verdict = "${json["verdict"]}"
    /** The SHA-256 of the claim that was run. */
    val sum = "${json["claimSha256"]}"
    val minutes = number("minutes") ?: 0.0
    val runs = "${json["runs"]}"
    val failed = "${json["failed"]}"
    val seeds = (json["seeds"] as? List<*>).orEmpty()

    /** Each rule with what was found. */
    val rules: List<String> =
        (json["rules"] as? List<*>).orEmpty().filterIsInstance<Map<*, *>>().map(::rule)

    /** With what it was found: versions, threads, hashes. */
    val circumstances: List<String> =
        (json["with"] as? Map<*, *>).orEmpty().map { "${it.key} ${it.value}" }

    fun text(): List<String> =
        listOf("claim: ${json["claim"]}", "source: ${json["citation"]}, ${json["place"]}") +
            listOfNotNull(json["differs"]?.let { "differs: $it" }) +
            rules +
            "verdict: $verdict" +
            ("$runs runs with ${seeds.size} ${if (seeds.size == 1) "seed" else "seeds"}, " +
                "$failed failed, ${figure(minutes)} minutes; registered ${json["registered"]}, claim SHA-256 $sum")

    private fun rule(rule: Map<*, *>): String {
        fun shown(key: String) = (rule[key] as? Number)?.let { figure(it.toDouble()) }
        fun end(key: String) = shown(key) ?: "${rule[key]}".replace("Infinity", "∞")
        val estimate = shown("estimate")?.let { "${rule["is"]} $it" }
        val interval = if (rule["low"] == null) null else "[${end("low")}, ${end("high")}]"
        val p = shown("p")?.let { "p $it, ${shown("holm")} after Holm's correction" }
        val found = listOfNotNull(estimate, interval).joinToString(" ").ifEmpty { null }
        return "${rule["kind"]}: ${rule["rule"]}: ${rule["verdict"]}; " +
            listOfNotNull(found, p, "${rule["note"]}").joinToString("; ")
    }

    private fun number(key: String) = (json[key] as? Number)?.toDouble()
}
