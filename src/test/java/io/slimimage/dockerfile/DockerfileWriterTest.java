package io.slimimage.dockerfile;

import static org.assertj.core.api.Assertions.assertThat;

import io.slimimage.image.Healthcheck;
import io.slimimage.image.ImageConfig;
import io.slimimage.image.ImagePlan;
import io.slimimage.image.ImageReference;
import io.slimimage.layer.LayerRole;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DockerfileWriterTest {

  private static final String LAYERS_GOAL = "io.slimimage:slimimage-maven-plugin:1:layers";
  private static final List<String> JAVA = List.of("java", "-jar", "/app/app.jar");

  private static final BuilderStage.Own NOTHING = new BuilderStage.Own("{}", List.of(), "", false);

  private static ImageConfig config(List<String> entrypoint) {
    return new ImageConfig(
        "65532:65532",
        List.of("8080/tcp"),
        Map.of("HOME", "/home/nonroot"),
        Map.of(),
        List.of(),
        "/home/nonroot",
        entrypoint,
        List.of(),
        null,
        "");
  }

  private static ImagePlan plan(ImageConfig config, LayerRole... layers) {
    return new ImagePlan(
        List.of(ImageReference.parse("app:1")), "eclipse-temurin:17-jre", List.of(layers), config);
  }

  private static BuilderStage.MavenCall call(List<String> options, List<String> build) {
    return new BuilderStage.MavenCall(
        options,
        List.of(),
        build,
        "-Dmaven.test.skip=true",
        List.of("g:dependency:1:go-offline", LAYERS_GOAL),
        LAYERS_GOAL,
        "g_app");
  }

  private static BuilderStage stage(
      BuilderStage.Own own, List<String> poms, BuilderStage.MavenCall call, boolean cacheMount) {
    return new BuilderStage(
        "maven:3.9-eclipse-temurin-17",
        ContextLayout.STREAMED,
        own,
        new BuilderStage.Sources(poms, false, false, List.of()),
        call,
        cacheMount,
        false);
  }

  private static String render(BuilderStage stage, ImagePlan plan) {
    return DockerfileWriter.render(List.of("g:app:1", ""), stage, plan);
  }

  private static BuilderStage single(boolean cacheMount) {
    return stage(NOTHING, List.of("pom.xml"), call(List.of(), List.of()), cacheMount);
  }

  private static ImagePlan small() {
    return plan(config(JAVA), LayerRole.DEPENDENCIES, LayerRole.APPLICATION);
  }

  @Test
  void aModule() {
    assertThat(render(single(false), small()))
        .isEqualTo(
            """
            # g:app:1
            #

            # Compiles the application; nothing of this stage but its layers reaches the image.
            FROM maven:3.9-eclipse-temurin-17 AS builder
            USER 0
            WORKDIR /build
            ENV LC_ALL=C.UTF-8 MAVEN_USER_HOME=/m2 \\
                MAVEN_OPTS="-XX:TieredStopAtLevel=1 $MAVEN_OPTS"

            # First what decides the dependencies, so that they are fetched once.
            COPY project/pom.xml ./

            # A warm-up that fails stops the build, so that its failure is never cached as a
            # success; 'SLIMIMAGE_WARM_UP=lenient' goes on with what it could fetch.
            ARG SLIMIMAGE_WARM_UP=strict
            RUN \\
                { echo '==> Fetching dependencies and plugins' && mvn -B -ntp -Dstyle.color=never -Dmaven.repo.local=/m2/repository g:dependency:1:go-offline io.slimimage:slimimage-maven-plugin:1:layers || { echo '==> The warm-up has failed'; [ "$SLIMIMAGE_WARM_UP" = lenient ]; }; }

            # Then everything else: a change of the sources starts here.
            COPY project/ ./
            COPY slimimage/configuration.json /slimimage/configuration.json
            RUN \\
                echo '==> Compiling and packaging' && mvn -B -ntp -Dstyle.color=never -Dmaven.repo.local=/m2/repository -Dslimimage.configuration=/slimimage/configuration.json -Dmaven.test.skip=true package io.slimimage:slimimage-maven-plugin:1:layers

            # The image: one directory for each layer, the most stable first.
            FROM eclipse-temurin:17-jre AS runtime
            COPY --from=builder /slimimage/layers/dependencies/ /
            COPY --from=builder /slimimage/layers/application/ /
            ENV HOME="/home/nonroot"
            EXPOSE 8080/tcp
            WORKDIR /home/nonroot
            USER 65532:65532
            ENTRYPOINT ["java","-jar","/app/app.jar"]
            """);
  }

  @Test
  void buildKitKeepsTheRepositoryInACacheMount() {
    String classic = render(single(false), small());
    assertThat(render(single(true), small()))
        .isEqualTo(
            classic
                .replace(
                    "RUN \\\n",
                    "RUN --mount=type=cache,id=slimimage-maven,target=/m2,sharing=locked \\\n    find /m2 -name '*.lastUpdated' -delete && \\\n")
                .replace("{ echo '==> F", "{ [ -e /m2/warm/g_app ] || { echo '==> F")
                .replace(
                    ":layers || {", ":layers && mkdir -p /m2/warm && touch /m2/warm/g_app; } || {"))
        .isNotEqualTo(classic);
  }

  @Test
  void noFrontendIsDownloaded() {
    assertThat(render(single(true), small())).doesNotContain("syntax=");
  }

  @Test
  void aReactor() {
    BuilderStage stage =
        stage(
            new BuilderStage.Own("{}", List.of(), "<settings/>", true),
            List.of("pom.xml", "app/pom.xml", "my lib/pom.xml"),
            call(
                List.of("-s", "/slimimage/settings.xml", "-Pfast,!docs", "-pl", "g:app", "-am"),
                List.of("-Da=$b c")),
            false);
    assertThat(render(stage, small()))
        .contains(
            """
            COPY slimimage/repository/ /slimimage/repository/
            COPY slimimage/settings.xml /slimimage/settings.xml
            """)
        .contains(
            """
            COPY project/pom.xml ./
            COPY project/app/pom.xml app/
            COPY ["project/my lib/pom.xml","my lib/"]
            """)
        .contains(
            """
            RUN \\
                mkdir -p /m2/repository && cp -R /slimimage/repository/. /m2/repository/ && \\
                echo '==> Compiling and packaging' && mvn -B -ntp -Dstyle.color=never -Dmaven.repo.local=/m2/repository -s /slimimage/settings.xml '-Pfast,!docs' -pl g:app -am -Dslimimage.configuration=/slimimage/configuration.json '-Da=$b c' -Dmaven.test.skip=true package
            """
                .strip())
        .doesNotContain("--mount");
  }

  @Test
  void aContextMadeByHandIsTheProjectItself() {
    BuilderStage hand =
        new BuilderStage(
            "maven:17",
            ContextLayout.inProject("target/slimimage/context/"),
            new BuilderStage.Own("{\"a\":\"it's\"}", List.of(), "<settings/>", true),
            new BuilderStage.Sources(
                List.of("pom.xml"), true, true, List.of("target", "a b/target")),
            call(List.of(), List.of()),
            false,
            false);
    assertThat(render(hand, small()))
        .contains("COPY .mvn/ .mvn/\nCOPY mvnw pom.xml ./\n")
        .contains("COPY . ./\n")
        .contains("COPY target/slimimage/context/repository/ /slimimage/repository/\n")
        .contains(
            """
            RUN mkdir -p /slimimage && printf '%s\\n' \\
                '{"a":"it'\\''s"}' \\
                > /slimimage/configuration.json
            """)
        .contains(
            """
            RUN mkdir -p /slimimage && printf '%s\\n' \\
                '<settings/>' \\
                > /slimimage/settings.xml
            """)
        .contains("RUN \\\n    rm -rf target 'a b/target' && \\\n");
  }

  @Test
  void theWarmUpCanBeLeftOut() {
    BuilderStage.MavenCall call =
        new BuilderStage.MavenCall(
            List.of(), List.of(), List.of(), "-DskipTests", List.of(), LAYERS_GOAL, "g_app");
    assertThat(render(stage(NOTHING, List.of("pom.xml"), call, false), small()))
        .doesNotContain("pom.xml", "ARG", "offline")
        .containsOnlyOnce("RUN");
  }

  @Test
  void withTestsTheLayersComeFromTheTestStage() {
    BuilderStage single = single(false);
    BuilderStage tested =
        new BuilderStage(
            single.image(),
            single.layout(),
            single.own(),
            single.sources(),
            single.maven(),
            false,
            true);
    assertThat(render(tested, small()))
        .contains(
            """
            FROM builder AS test
            RUN \\
                echo '==> Running the tests' && mvn -B -ntp -Dstyle.color=never -Dmaven.repo.local=/m2/repository -Dslimimage.configuration=/slimimage/configuration.json test
            """)
        .contains("COPY --from=test /slimimage/layers/application/ /\n")
        .doesNotContain("--from=builder");
  }

  @Test
  void everySettingOfAContainer() {
    Map<String, String> env = new LinkedHashMap<>();
    env.put("B", "$x \"q\" \\ 日本");
    env.put("A", "");
    env.put("odd name", "1");
    ImageConfig config =
        new ImageConfig(
            "app:app",
            List.of("80/tcp", "53/udp"),
            env,
            Map.of("l.a", "it's $1"),
            List.of("/data", "/my $data"),
            "/my work",
            List.of("java", "-Da=$b", "-jar", "/app/ä.jar"),
            List.of("--x=\"1\""),
            new Healthcheck(List.of("curl", "-f", "http://localhost/?a=$b"), "30s", "5s", "1m", 3),
            "SIGINT");
    assertThat(render(single(false), plan(config, LayerRole.APPLICATION)))
        .endsWith(
            """
            ENV B="\\$x \\"q\\" \\\\ 日本" \\
                A="" \\
                "odd name"="1"
            LABEL l.a="it's \\$1"
            EXPOSE 80/tcp 53/udp
            VOLUME ["/data","/my \\\\$data"]
            WORKDIR /my work
            STOPSIGNAL SIGINT
            HEALTHCHECK --interval=30s --timeout=5s --start-period=1m --retries=3 CMD ["curl","-f","http://localhost/?a=$b"]
            USER app:app
            ENTRYPOINT ["java","-Da=$b","-jar","/app/ä.jar"]
            CMD ["--x=\\"1\\""]
            """);
  }

  @Test
  void aHealthcheckCanBeSwitchedOff() {
    ImageConfig config =
        new ImageConfig(
            "",
            List.of(),
            Map.of(),
            Map.of(),
            List.of(),
            "",
            List.of(),
            List.of(),
            new Healthcheck(List.of(), "30s", "", "", 0),
            "");
    assertThat(render(single(false), plan(config, LayerRole.APPLICATION)))
        .endsWith("COPY --from=builder /slimimage/layers/application/ /\nHEALTHCHECK NONE\n");
  }
}
