package dev.sparring.cli.claim

import dev.sparring.dsl.RecipeText
import dev.sparring.dsl.claim.ClaimText
import io.kotest.assertions.withClue
import io.kotest.core.spec.style.FreeSpec
import io.kotest.matchers.shouldBe
import java.nio.file.Path
import kotlin.io.path.name
import kotlin.io.path.readText

/** The page of samples is what the command makes of their results, and these are of these texts. */
class ClaimsPageSpec :
    FreeSpec({
        val folder = Path.of("../../samples/claims")

        "samples/claims/README.md is generated: ./sparring claim samples/claims --page" {
            val page = ClaimsPage(folder) { ClaimText.read(it) { file -> RecipeText.read(file) } }
            folder.resolve("README.md").readText() shouldBe page.text()
        }

        "no result is of another text than the claim's" {
            for (file in ClaimsPage.files(folder)) {
                val name = file.name.removeSuffix(".claim.yaml")
                val result = folder.resolve("results/$name.json").toFile()
                if (!result.exists()) continue
                withClue(name) {
                    Regex("\"claimSha256\" : \"(\\w+)\"")
                        .find(result.readText())!!
                        .groupValues[1] shouldBe Registration.sum(file)
                }
            }
        }
    })
