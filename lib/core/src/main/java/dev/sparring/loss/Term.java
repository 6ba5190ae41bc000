package dev.sparring.loss;

/** What a recipe adds to the loss of one player: penalties, regularizers, further aims. */
public sealed interface Term permits DiscriminatorTerm, GeneratorTerm {}
