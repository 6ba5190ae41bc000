package dev.sparring.dsl

import dev.sparring.dsl.text.Detail
import dev.sparring.dsl.text.SchemaSerializer
import dev.sparring.recipe.Recipe
import kotlinx.serialization.KSerializer
import kotlinx.serialization.SerializationException
import kotlinx.serialization.descriptors.SerialDescriptor
import kotlinx.serialization.encoding.Decoder
import kotlinx.serialization.encoding.Encoder

/**
 * A recipe inside other serializable data, e.g. `@Serializable(with = RecipeSerializer::class)`.
 * Writes every default out, through any encoder; reads JSON and YAML. For files there is
 * [RecipeText], whose errors know their places.
 */
public object RecipeSerializer : KSerializer<Recipe> {
    private val all = SchemaSerializer(RecipeFormat.onClassPath.recipeSchema, Detail.FULL)

    override val descriptor: SerialDescriptor = all.descriptor

    override fun serialize(encoder: Encoder, value: Recipe): Unit = all.serialize(encoder, value)

    override fun deserialize(decoder: Decoder): Recipe =
        try {
            all.deserialize(decoder) as Recipe
        } catch (e: RecipeSyntaxException) {
            // What callers of a format expect; up to 1.12 kotlinx.serialization did that by itself.
            throw SerializationException(e.message, e)
        }
}
