package dev.sparring.cli.runs

import java.nio.file.Path
import kotlin.io.path.createDirectories
import kotlin.io.path.writeText

/** Run directories that are written without training anything. */
internal object WrittenRuns {
    /** A run of 300 steps. */
    fun write(
        run: Path,
        seed: Int = 1,
        status: String = "completed",
        step: Int = 300,
        start: String = "2026-11-29T12:00:00Z",
        name: String = "ring",
        figures: Map<String, List<Double?>> = mapOf("loss_d" to listOf(1.5, 1.25)),
    ): Path {
        run.createDirectories()
            .resolve("run.json")
            .writeText(
                """{"name":"$name","status":"$status","seed":$seed,"steps":300,"engine":"torch",
                "device":"cpu","lastStep":$step,"start":"$start"}"""
            )
        val rows = figures.values.first().size
        val text = StringBuilder("step,seconds,${figures.keys.joinToString(",")}\n")
        for (i in 0 until rows) {
            val cells = figures.values.joinToString(",") { it[i]?.toString().orEmpty() }
            text.append("${step - rows + 1 + i},0.5,$cells\n")
        }
        run.resolve("metrics.csv").writeText("$text")
        run.resolve("recipe.yaml").writeText("name: $name\n")
        return run
    }
}
