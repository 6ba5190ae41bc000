package dev.sparring.cli.compare

import dev.sparring.cli.BadInput
import dev.sparring.file.Reason
import dev.sparring.image.LabelledPictures
import dev.sparring.image.LabelledPictures.Labelled
import dev.sparring.image.Png
import dev.sparring.report.runs.ComparedRun
import java.awt.image.BufferedImage
import java.io.IOException
import java.nio.file.Path

/** The latest pictures of several runs in one: of the same step, if they have one in common. */
internal class LastPictures(
    private val runs: List<ComparedRun>,
    private val log: (String) -> Unit,
) {
    private val steps = runs.associateWith { it.overview.directory.sampleSteps() }
    private val shown = runs.filter { steps.getValue(it).isNotEmpty() }

    /** @throws BadInput if there is none, or one is no picture */
    fun write(file: Path) {
        if (shown.isEmpty()) throw BadInput("--out: none of the runs has pictures in samples")
        (runs - shown.toSet()).forEach {
            log("${it.label}: has no pictures in samples, and is left out")
        }
        val common = shown.map { steps.getValue(it).toSet() }.reduce { a, b -> a intersect b }
        val step = common.maxOrNull()
        if (step == null) log("no step has a picture of each run: the latest of each is shown")
        val pictures =
            shown.map { run ->
                val own = step ?: steps.getValue(run).last()
                Labelled(
                    picture(run.overview.directory.samples(own)),
                    listOf(run.label, "step $own"),
                )
            }
        Png.write(LabelledPictures.sideBySide(pictures), file)
    }

    private fun picture(file: Path): BufferedImage =
        try {
            Png.read(file)
        } catch (e: IOException) {
            throw BadInput("$file: is not a readable picture: ${Reason.of(e)}", e)
        }
}
