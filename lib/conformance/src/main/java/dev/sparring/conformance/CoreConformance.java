package dev.sparring.conformance;

/**
 * Everything that core builds from an engine's operations, as JUnit tests: losses, optimizers,
 * normalization, networks, diagnostics and whole trainings against references. An engine's module
 * needs one class, as for EngineConformance.
 */
public interface CoreConformance
    extends LossConformance,
        CrossEntropyConformance,
        ClassifierConformance,
        EvaluationConformance,
        MetricsConformance,
        OptimizerConformance,
        SpectralConformance,
        WeightNormConformance,
        EqualizedConformance,
        OwnNormConformance,
        WrongWordConformance,
        NetworkConformance,
        NoiseConformance,
        LayerVocabularyConformance,
        CompositeConformance,
        LabelConformance,
        PadConformance,
        TrainingConformance,
        DiagnosticsConformance,
        ProbeConformance,
        FilesConformance,
        RetryConformance,
        WholeTrainingConformance,
        ComposedTrainingConformance,
        ObjectiveConformance,
        CycleConformance,
        OrderConformance,
        NextUpdateConformance,
        AverageConformance,
        AugmentationConformance,
        DiracConformance,
        TermConformance,
        OwnDataConformance,
        GivenDataConformance,
        StreamedDataConformance,
        GroupConformance {}
