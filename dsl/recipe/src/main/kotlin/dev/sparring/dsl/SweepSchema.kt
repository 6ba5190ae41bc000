package dev.sparring.dsl

/**
 * The JSON Schema of a sweep, with which editors check, complete and explain its YAML and JSON. The
 * recipe may stand in it, and then has [RecipeSchema].
 */
public object SweepSchema {
    private const val RECIPE = "SweptRecipe"

    /**
     * The schema, draft 2020-12, with the words of a format; by default those on the class path.
     */
    @JvmStatic
    @JvmOverloads
    public fun json(format: RecipeFormat = RecipeFormat.onClassPath): String =
        NestedSchema.json("Sparring sweep", SWEEP, RECIPE, RecipeSchema.json(format))

    private const val COLUMNS =
        """{ "type": ["string", "array"], "items": { "type": "string" }, "minItems": 1 }"""

    private const val SWEEP =
        """
        {
          "type": "object",
          "description": "A recipe in variations, each trained with several seeds.",
          "required": ["recipe", "seeds"],
          "additionalProperties": false,
          "properties": {
            "name": {
              "type": "string",
              "pattern": "^[A-Za-z0-9][A-Za-z0-9._-]*$",
              "description": "The name of its folder; by default that of the file."
            },
            "recipe": {
              "description": "A recipe file beside this one, or a recipe's settings.",
              "anyOf": [{ "type": "string" }, { "$REF": "#/$DEFINITIONS/$RECIPE" }]
            },
            "axes": {
              "description": "Paths of settings, each with a list of values, or values by label.",
              "type": ["object", "null"],
              "additionalProperties": { "type": ["array", "object"], "minItems": 1, "minProperties": 1 }
            },
            "seeds": {
              "description": "The seeds of each cell, or how many, from 1.",
              "anyOf": [
                { "type": "integer", "minimum": 1, "maximum": 10000 },
                { "type": "array", "items": { "type": "integer" }, "minItems": 1, "uniqueItems": true }
              ]
            },
            "measure": {
              "description": "The columns of metrics that are summarized; by default losses and measured samples.",
              "allOf": [$COLUMNS]
            },
            "limit": {
              "description": "Upper limits of columns; a run above one counts as a failure.",
              "type": "object",
              "minProperties": 1,
              "additionalProperties": { "type": "number" }
            },
            "variance": {
              "description": "Seeds whose components of variance are printed, each varied by an axis train.seeds.*; by default all such axes.",
              "type": ["string", "array"],
              "minItems": 1,
              "items": { "enum": ["weights", "order", "noise", "rest"] }
            },
            "compare": {
              "description": "Which differences from a baseline are more than chance, in figures and in failures.",
              "type": "object",
              "required": ["baseline"],
              "additionalProperties": false,
              "properties": {
                "baseline": {
                  "description": "Axes, each with one of its values or labels.",
                  "type": "object",
                  "minProperties": 1
                },
                "test": {
                  "description": "worstRank: by ranks, a failed run being worse than every figure; paired: the same for pairs of runs that share a seed; mean: the means of the runs that survived.",
                  "enum": ["worstRank", "mean", "paired"],
                  "default": "worstRank"
                },
                "figures": { "description": "The measured columns that are compared; by default all.", "allOf": [$COLUMNS] },
                "lower": { "description": "Columns whose lower values are better, where it is not known.", "allOf": [$COLUMNS] },
                "higher": { "description": "Columns whose higher values are better, where it is not known.", "allOf": [$COLUMNS] }
              }
            }
          }
        }
        """
}
