package io.slimimage.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slimimage.RecordedLog;
import io.slimimage.SlimImageException;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import org.apache.maven.artifact.repository.ArtifactRepository;
import org.apache.maven.artifact.repository.MavenArtifactRepository;
import org.apache.maven.artifact.repository.layout.DefaultRepositoryLayout;
import org.apache.maven.project.MavenProject;
import org.apache.maven.settings.Mirror;
import org.apache.maven.settings.Settings;
import org.apache.maven.settings.io.xpp3.SettingsXpp3Reader;
import org.codehaus.plexus.util.xml.pull.XmlPullParserException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BuilderSettingsTest {

  private final RecordedLog log = new RecordedLog();

  private static Settings parse(String xml) {
    try {
      return new SettingsXpp3Reader().read(new StringReader("<settings>" + xml + "</settings>"));
    } catch (IOException | XmlPullParserException e) {
      throw new IllegalStateException(e);
    }
  }

  private String filtered(String xml) {
    return new BuilderSettings(parse(xml), log).filtered().orElse("");
  }

  private static String mirror(String id, String url) {
    return "<mirrors><mirror><id>"
        + id
        + "</id><mirrorOf>*</mirrorOf><url>"
        + url
        + "</url></mirror></mirrors>";
  }

  @Test
  void keepsMirrorsProxiesAndProfiles() {
    Settings kept =
        parse(
            filtered(
                    mirror("corp", "https://repo.example/maven")
                        + "<proxies><proxy><id>out</id><active>true</active><protocol>http</protocol>"
                        + "<host>proxy.example</host><port>3128</port>"
                        + "<nonProxyHosts>localhost</nonProxyHosts></proxy></proxies>"
                        + "<profiles><profile><id>p</id><properties><a>b</a></properties>"
                        + "<repositories><repository><id>r</id><url>https://r.example</url>"
                        + "</repository></repositories></profile></profiles>"
                        + "<activeProfiles><activeProfile>p</activeProfile></activeProfiles>")
                .replaceAll("(?s).*?<settings[^>]*>|</settings>\\s*", ""));
    assertThat(kept.getMirrors())
        .extracting(Mirror::getUrl)
        .containsExactly("https://repo.example/maven");
    assertThat(kept.getProxies().get(0).getHost()).isEqualTo("proxy.example");
    assertThat(kept.getProxies().get(0).getNonProxyHosts()).isEqualTo("localhost");
    assertThat(kept.getProfiles().get(0).getProperties()).containsEntry("a", "b");
    assertThat(kept.getProfiles().get(0).getRepositories()).hasSize(1);
    assertThat(kept.getActiveProfiles()).containsExactly("p");
  }

  @Test
  void nothingToTellIsNoFile() {
    assertThat(
            new BuilderSettings(
                    parse("<localRepository>/home/me/.m2</localRepository><offline>true</offline>"),
                    log)
                .filtered())
        .isEmpty();
  }

  @Test
  void serversNeverGo() {
    assertThat(
            filtered(
                mirror("corp", "https://repo.example")
                    + "<servers><server><id>corp</id><username>me</username>"
                    + "<password>hunter2</password></server></servers>"))
        .contains("repo.example")
        .doesNotContain("server", "hunter2", "<username>");
  }

  @Test
  void proxiesGoWithoutTheirPassword() {
    assertThat(
            filtered(
                "<proxies><proxy><id>out</id><active>true</active><username>me</username>"
                    + "<password>hunter2</password><host>h</host></proxy></proxies>"))
        .contains("<host>h</host>")
        .doesNotContain("hunter2", "<username>");
    assertThat(log.warnings())
        .singleElement()
        .asString()
        .contains("'out'")
        .doesNotContain("hunter2");
  }

  @Test
  void propertiesThatLookSecretNeverGo() {
    assertThat(
            filtered(
                "<profiles><profile><id>p</id><properties><db.password>hunter2</db.password>"
                    + "<sonar.token>hunter3</sonar.token><plain>kept</plain></properties></profile>"
                    + "</profiles>"))
        .contains("<plain>kept</plain>")
        .doesNotContain("hunter");
  }

  @Test
  void directoriesOfThisMachineAreNoRepositoriesElsewhere() {
    assertThat(filtered(mirror("here", "file:///srv/maven"))).isEmpty();
    assertThat(
            filtered(
                "<profiles><profile><id>p</id><repositories><repository><id>r</id>"
                    + "<url>file:///srv/maven</url></repository></repositories></profile></profiles>"))
        .doesNotContain("/srv/maven");
  }

  @Test
  void mavensOwnBlockerStaysBehind() {
    Settings settings = parse(mirror("maven-default-http-blocker", "http://0.0.0.0/"));
    settings.getMirrors().get(0).setBlocked(true);
    assertThat(new BuilderSettings(settings, log).filtered()).isEmpty();
  }

  @Test
  void aBlockerOfTheUserGoes() {
    Settings settings = parse(mirror("no-central", "http://0.0.0.0/"));
    settings.getMirrors().get(0).setBlocked(true);
    assertThat(new BuilderSettings(settings, log).filtered())
        .hasValueSatisfying(text -> assertThat(text).contains("no-central", "<blocked>true"));
  }

  @Test
  void aMirrorThatReplacesMavensBlockerGoes() {
    assertThat(filtered(mirror("maven-default-http-blocker", "http://inside.example")))
        .contains("inside.example");
  }

  @Test
  void refusesARepositoryThatOpensWithAPasswordOnly() {
    assertThatThrownBy(
            () ->
                refuse(
                    "<server><id>corp</id><username>u</username><password>hunter2</password></server>"
                        + "<server><id>unused</id><password>x</password></server>"))
        .isInstanceOf(SlimImageException.class)
        .hasMessageContaining("The repository 'corp' needs the credentials")
        .hasMessageContaining("perhaps you should")
        .hasMessageNotContaining("hunter2")
        .hasMessageNotContaining("unused");
  }

  @Test
  void refusesARepositoryThatOpensWithAHeaderOnly() {
    assertThatThrownBy(
            () ->
                refuse(
                    "<server><id>corp</id><configuration><httpHeaders><property>"
                        + "<name>Private-Token</name><value>x</value></property></httpHeaders>"
                        + "</configuration></server>"))
        .hasMessageContaining("'corp'");
  }

  @Test
  void serversOfOtherPlacesDoNotMatter() {
    assertThatCode(
            () ->
                refuse(
                    "<server><id>registry.example</id><password>x</password></server>"
                        + "<server><id>corp</id><username>only</username></server>"))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<mirrors><mirror><id>inside</id><url>%s</url></mirror></mirrors>",
        "<profiles><profile><repositories><repository><id>inside</id><url>%s</url>"
            + "</repository></repositories></profile></profiles>",
        "<profiles><profile><pluginRepositories><pluginRepository><id>inside</id><url>%s</url>"
            + "</pluginRepository></pluginRepositories></profile></profiles>"
      })
  void refusesCredentialsInAUrlOfTheSettings(String settings) {
    for (String user : List.of("me:hunter2@", "hunter2@", "me:hunter2%@")) {
      String xml = settings.replace("%s", "https://" + user + "repo.example/maven");
      assertThatThrownBy(() -> refuse(xml, "https://repo.example"))
          .isInstanceOf(SlimImageException.class)
          .hasMessageContaining("The repository 'inside' has a user in its URL")
          .hasMessageContaining("perhaps you should")
          .hasMessageNotContaining("hunter2")
          .hasMessageNotContaining("repo.example");
    }
    assertThatCode(
            () ->
                refuse(
                    settings.replace("%s", "https://repo.example:8443/@scope/a@b"),
                    "https://repo.example"))
        .doesNotThrowAnyException();
  }

  @Test
  void refusesCredentialsInAUrlOfThePom() {
    assertThatThrownBy(() -> refuse("", "https://me:hunter2@repo.example/maven"))
        .hasMessageContaining("'corp' has a user in its URL")
        .hasMessageNotContaining("hunter2");
  }

  private void refuse(String servers) {
    refuse("<servers>" + servers + "</servers>", "https://repo.example");
  }

  private void refuse(String settings, String url) {
    ArtifactRepository corp =
        new MavenArtifactRepository("corp", url, new DefaultRepositoryLayout(), null, null);
    MavenProject project = new MavenProject();
    project.setRemoteArtifactRepositories(List.of(corp));
    project.setPluginArtifactRepositories(List.of());
    new BuilderSettings(parse(settings), log).refuseSecretRepositories(List.of(project));
  }
}
