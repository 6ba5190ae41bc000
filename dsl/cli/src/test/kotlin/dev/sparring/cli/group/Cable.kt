package dev.sparring.cli.group

import dev.sparring.cli.command

/** Two network namespaces of Linux, hosts as far as networks go, and a cable between them. */
internal class Cable : AutoCloseable {
    val host: String = "10.77.31.1"
    private val names = listOf("sparring-a", "sparring-b")

    init {
        names.forEach { ip("netns", "add", it) }
        ip("link add end0 netns ${names[0]} type veth peer name end1 netns ${names[1]}")
        names.forEachIndexed { i, name ->
            ip("-n $name addr add 10.77.31.${i + 1}/24 dev end$i")
            ip("-n $name link set lo up")
            ip("-n $name link set end$i up")
        }
    }

    /** The words that run a command on a host. */
    fun enter(number: Int): List<String> = listOf("ip", "netns", "exec", names[number])

    fun cut() {
        ip("-n ${names[1]} link set end1 down")
    }

    override fun close() {
        names.forEach { ip("netns", "del", it) }
    }

    companion object {
        /** Whether this machine lets us have namespaces: on Linux, as root. */
        fun isPossible(): Boolean =
            command("ip", "netns", "add", TRIED) == 0 && command("ip", "netns", "del", TRIED) == 0

        private const val TRIED = "sparring-try"

        private fun ip(words: String) = ip(*words.split(" ").toTypedArray())

        private fun ip(vararg words: String) {
            val code = command("ip", *words)
            check(code == 0) { "ip ${words.joinToString(" ")}: exit code $code" }
        }
    }
}
