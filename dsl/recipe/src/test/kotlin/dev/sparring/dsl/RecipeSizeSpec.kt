package dev.sparring.dsl

import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FreeSpec
import io.kotest.matchers.shouldBe
import kotlin.time.Duration.Companion.seconds

private const val RULE =
    "layers, with those of each repetition and each use of a block; at most 10000 are allowed"

private fun text(blocks: String, layer: String) =
    """
    |name: large
    |data: { type: noise, channels: 1, height: 4, width: 4 }
    |blocks:
    |  - { name: b0, layers: [relu] }
    |$blocks
    |generator: { latent: 2, layers: [{ type: dense, units: 16 }, { type: reshape, shape: [1, 4, 4] }] }
    |discriminator:
    |  layers:
    |    - relu
    |    - $layer
    |    - flatten
    |    - { type: dense, units: 1 }
    |"""
        .trimMargin()

private fun messageOf(yaml: String): String =
    shouldThrow<RecipeSyntaxException> { RecipeText.fromYaml(yaml, "d.yaml") }.message!!

/** A text of a few lines may describe more layers than any machine can hold. */
class RecipeSizeSpec :
    FreeSpec({
        "blocks that use the one before twice are refused at their line"
            .config(timeout = 10.seconds) {
                val blocks =
                    (1..23).joinToString("\n") {
                        val use = "{ type: block, name: b${it - 1} }"
                        "  - { name: b$it, layers: [$use, $use] }"
                    }
                messageOf(text(blocks, "{ type: block, name: b23 }")) shouldBe
                    "d.yaml:32:7: discriminator.layers.1: block b23 brings the network to 25165824 $RULE"
            }

        "so are stacks in stacks"
            .config(timeout = 10.seconds) {
                val stacks =
                    (1..7).fold("relu") { inner, _ ->
                        "{ type: stack, times: 10, layers: [$inner] }"
                    }
                messageOf(text("", stacks)) shouldBe
                    "d.yaml:10:7: discriminator.layers.1: stack of 10 brings the network to 11111112 " +
                        RULE
            }

        "and one stack too many times" {
            messageOf(text("", "{ type: stack, times: 2147483647, layers: [relu] }")) shouldBe
                "d.yaml:10:29: discriminator.layers.1.times: must be between 1 and 1000, " +
                    "got 2147483647"
        }
    })
