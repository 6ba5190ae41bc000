package dev.sparring.cli

import dev.sparring.dsl.RecipeText
import dev.sparring.plan.GamePlan
import dev.sparring.train.StepMemory
import io.kotest.assertions.withClue
import io.kotest.core.spec.style.FreeSpec
import io.kotest.matchers.comparables.shouldBeGreaterThan
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldMatch
import java.nio.file.Files
import java.nio.file.Path
import kotlin.io.path.extension

class MemorySpec :
    FreeSpec({
        val bench = workbench()

        "the memory of every shipped recipe can be estimated" {
            val shipped =
                Files.walk(Path.of("../../samples/recipes")).use { all ->
                    all.filter { it.extension == "yaml" }.sorted().toList()
                }
            shipped.size shouldBeGreaterThan 15
            for (file in shipped) {
                val plan = GamePlan.of(RecipeText.read(file))
                for (engine in listOf("torch", "nd4j")) {
                    withClue("$file on $engine") {
                        StepMemory.of(plan, engine).step() shouldBeGreaterThan 0.0
                    }
                }
            }
        }

        "a training that needs more than the machine has is refused before data and engine" {
            val recipe = bench.file("small.yaml", Workbench.SMALL)
            val refused =
                bench.sparring("train", recipe, "--set", "train.batch=12000000", "--out", "never")
            refused.code shouldBe 2
            refused.err shouldMatch
                Regex(
                    ".*small.yaml: the training takes about [\\d,]+ MB on torch, and there are " +
                        "[\\d,]+ MB of memory here; use a smaller train.batch, smaller samples or layers, or " +
                        "--ignore-memory\n"
                )
        }
    })
