package dev.sparring.dsl

import io.kotest.core.spec.style.FreeSpec
import io.kotest.matchers.collections.shouldHaveSize
import io.kotest.matchers.shouldBe
import java.nio.file.Path
import kotlin.io.path.listDirectoryEntries
import kotlin.io.path.name
import kotlin.io.path.readText
import kotlin.io.path.toPath

/**
 * Recipes of an earlier version, as it printed them: `short/` without and `full/` with all
 * defaults. Together they hold every word and every setting of commit 227b3b8. They are never
 * printed again: an old text must keep its meaning.
 */
class OlderTextsSpec :
    FreeSpec({
        val folder = OlderTextsSpec::class.java.getResource("older")!!.toURI().toPath()
        val texts = folder.listDirectoryEntries("*.yaml").sorted()

        "there are old texts" { texts shouldHaveSize 6 }

        for (text in texts) {
            val recipe by lazy { RecipeText.read(text) }
            fun printed(kind: String): Path = folder.resolve(kind).resolve(text.name)

            "${text.name} is printed as it was" {
                RecipeText.toYaml(recipe) shouldBe printed("short").readText()
            }

            "${text.name} means what it meant, defaults included" {
                RecipeText.read(printed("short")) shouldBe recipe
                RecipeText.read(printed("full")) shouldBe recipe
            }

            "${text.name} reads back from JSON" {
                RecipeText.fromJson(RecipeText.toJson(recipe)) shouldBe recipe
            }
        }
    })
