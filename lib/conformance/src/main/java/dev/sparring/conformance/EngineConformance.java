package dev.sparring.conformance;

/**
 * Everything that the engine interface promises, as JUnit tests. An engine's module needs one
 * class:
 *
 * <pre>{@code
 * class MyEngineTest implements EngineConformance {
 *   @Override
 *   public Engine open(Precision precision) {
 *     return new MyEngine(precision);
 *   }
 * }
 * }</pre>
 *
 * <p>Abilities that the engine does not report are not tested.
 */
public interface EngineConformance
    extends OperationConformance,
        ElementwiseConformance,
        GoldenConformance,
        FlattenConformance,
        ChannelsConformance,
        GradientConformance,
        PenaltyConformance,
        VariableConformance,
        InPlaceConformance,
        AdamConformance,
        ScopeConformance,
        LastUseConformance,
        UseConformance,
        MixedPrecisionConformance,
        RepeatConformance {}
