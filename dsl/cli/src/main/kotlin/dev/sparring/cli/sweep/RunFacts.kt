package dev.sparring.cli.sweep

import dev.sparring.run.Checkpoint
import dev.sparring.run.Circumstances
import dev.sparring.run.RunDirectory
import dev.sparring.run.RunOverview
import dev.sparring.safetensors.Safetensors
import dev.sparring.safetensors.SafetensorsException
import java.io.BufferedOutputStream
import java.io.DataOutputStream
import java.io.OutputStream
import java.nio.file.Files
import java.nio.file.Path
import java.security.DigestOutputStream
import java.security.MessageDigest
import java.util.HexFormat
import kotlin.io.path.name
import kotlin.jvm.optionals.getOrNull

/**
 * What tells whether a run came out as another did, and what its bits depend on, as columns of
 * `runs.csv`. A cell is empty where a run has not recorded it.
 */
internal object RunFacts {
    /** With it begin the names of all of these columns, and of no figure. */
    const val PREFIX = "run."

    const val WEIGHTS = "${PREFIX}weights"
    const val DATA = "${PREFIX}data"
    const val MEASURED = "${PREFIX}measured"
    private const val NATIVE = "${PREFIX}native"

    /** Facts of [Circumstances] with a column each. */
    private val FACTS = listOf("sparring", "engine", "engineVersion", "device", "portable", "jdk")

    /** Facts of the machine with a column each; those of libraries stand together in one. */
    private val MACHINE = listOf("threads", "processor")

    /** They follow from the processor and repeat it. */
    private val LEFT_OUT = setOf("vectors")

    /** The columns: results first, then what they depend on. */
    val names: List<String> =
        listOf(WEIGHTS, DATA, MEASURED) + (FACTS + MACHINE).map { PREFIX + it } + NATIVE

    /** What results may depend on, in the order in which it is said where runs differ. */
    val circumstances: List<String> = names - listOf(WEIGHTS, DATA, MEASURED)

    /** The cells of a run, in the order of [names]. */
    fun of(run: RunDirectory): List<String> {
        if (!Files.isRegularFile(run.provenance())) return names.map { "" }
        val overview = RunOverview.of(run)
        val where = Circumstances.recorded(run).last().circumstances
        val libraries = where.libraries.toSortedMap()
        val rest = libraries.filterKeys { it !in MACHINE && it !in LEFT_OUT }
        return listOf(weights(run), overview.data, overview.conditions.joinToString("; ")) +
            FACTS.map { where.facts[it]?.toString().orEmpty() } +
            MACHINE.map { libraries[it].orEmpty() } +
            rest.map { (name, value) -> "$name=$value" }.joinToString("; ")
    }

    /**
     * SHA-256 of the generators' tensors in the newest whole checkpoint: of each its name, its
     * shape and its numbers, in the order of names, whatever else a file says. Empty if there is
     * none.
     */
    private fun weights(run: RunDirectory): String {
        val checkpoint = run.lastWhole().getOrNull() ?: return ""
        return try {
            sha256(generators(checkpoint))
        } catch (_: SafetensorsException) {
            ""
        }
    }

    private fun generators(checkpoint: Checkpoint): List<Path> =
        Files.list(checkpoint.path()).use { all ->
            all.filter { it.name.startsWith("generator") && it.name.endsWith(".safetensors") }
                .sorted()
                .toList()
        }

    private fun sha256(files: List<Path>): String {
        val digest = MessageDigest.getInstance("SHA-256")
        val nowhere =
            BufferedOutputStream(DigestOutputStream(OutputStream.nullOutputStream(), digest))
        DataOutputStream(nowhere).use { out ->
            for (file in files) {
                val tensors = Safetensors.open(file)
                for (name in tensors.names().sorted()) {
                    out.writeUTF("${file.name} $name ${tensors.shape(name)}")
                    tensors.doubles(name).forEach(out::writeDouble)
                }
            }
        }
        return HexFormat.of().formatHex(digest.digest())
    }
}
