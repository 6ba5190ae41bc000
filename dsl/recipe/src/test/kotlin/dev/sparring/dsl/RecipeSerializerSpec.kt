package dev.sparring.dsl

import com.charleskorn.kaml.Yaml
import dev.sparring.recipe.Recipe
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FreeSpec
import io.kotest.matchers.shouldBe
import kotlinx.serialization.Serializable
import kotlinx.serialization.SerializationException
import kotlinx.serialization.json.Json

@Serializable
private data class Entry(
    val note: String,
    @Serializable(with = RecipeSerializer::class) val recipe: Recipe,
)

class RecipeSerializerSpec :
    FreeSpec({
        val entry = Entry("best so far", kotlinFace)

        "a recipe travels inside other data, as JSON" {
            Json.decodeFromString<Entry>(Json.encodeToString(entry)) shouldBe entry
        }

        "and as kaml's YAML" {
            val text = Yaml.default.encodeToString(Entry.serializer(), entry)
            Yaml.default.decodeFromString(Entry.serializer(), text) shouldBe entry
        }

        "problems are reported by path" {
            val e =
                shouldThrow<SerializationException> {
                    Json.decodeFromString<Entry>("""{"note":"","recipe":{"data":"digit"}}""")
                }
            (e.cause as RecipeSyntaxException).problems.map { "$it".substringBefore(';') } shouldBe
                listOf(
                    "data: unknown data 'digit', did you mean 'digits'? there is digits, " +
                        "fashionMnist, idx, imageFolder, cifar10, ring, grid, noise, pairs, sideBySide, edges, jittered, npy, csv",
                    "recipe needs 'generator', which is missing",
                    "recipe needs 'discriminator', which is missing",
                )
        }
    })
