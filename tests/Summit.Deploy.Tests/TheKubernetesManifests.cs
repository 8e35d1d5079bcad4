using System.Text.Json.Nodes;

namespace Summit.Deploy.Tests;

/// <summary>deploy/kubernetes describes servers that may be moved about while a hall follows.</summary>
public sealed class TheKubernetesManifests
{
    private static readonly IReadOnlyList<JsonNode> All =
        [.. Directory.GetFiles(Repository.PathOf("deploy/kubernetes"), "*.yaml").Order().SelectMany(file => Yaml.Read(Path.GetRelativePath(Repository.Root, file)))];

    private static JsonNode Pod => Of("Deployment")["spec"]!["template"]!["spec"]!;

    private static JsonNode Container => Pod["containers"]!.AsArray().Single()!;

    [Fact]
    public void Are_of_kinds_that_a_cluster_knows()
    {
        var kinds = All.Select(manifest => $"{manifest["apiVersion"]} {manifest["kind"]}").Order(StringComparer.Ordinal);
        Assert.Equal(
            [
                "apps/v1 Deployment", "networking.k8s.io/v1 Ingress", "networking.k8s.io/v1 NetworkPolicy", "policy/v1 PodDisruptionBudget", "v1 ConfigMap",
                "v1 Secret", "v1 Service",
            ],
            kinds);
        Assert.All(All, manifest => Assert.Equal("summit", (string)manifest["metadata"]!["name"]!));
    }

    [Fact]
    public void Choose_the_same_pods_everywhere()
    {
        var labels = Of("Deployment")["spec"]!["template"]!["metadata"]!["labels"]!.ToJsonString();
        JsonNode[] chosen =
        [
            Of("Deployment")["spec"]!["selector"]!["matchLabels"]!, Of("Service")["spec"]!["selector"]!, Of("PodDisruptionBudget")["spec"]!["selector"]!["matchLabels"]!,
            Of("NetworkPolicy")["spec"]!["podSelector"]!["matchLabels"]!,
        ];
        Assert.All(chosen, selector => Assert.Equal(labels, selector.ToJsonString()));
        Assert.Equal(
            (string)Of("Service")["metadata"]!["name"]!,
            (string)Of("Ingress")["spec"]!["rules"]![0]!["http"]!["paths"]![0]!["backend"]!["service"]!["name"]!);
    }

    [Fact]
    public void Let_a_server_go_only_when_nobody_is_sent_to_it_any_more()
    {
        Assert.Equal(3, (int)Of("Deployment")["spec"]!["replicas"]!);
        Assert.Equal(0, (int)Of("Deployment")["spec"]!["strategy"]!["rollingUpdate"]!["maxUnavailable"]!);
        Assert.Equal(1, (int)Of("PodDisruptionBudget")["spec"]!["maxUnavailable"]!);
        var readiness = Container["readinessProbe"]!;
        var noticed = (int)readiness["periodSeconds"]! * (int)readiness["failureThreshold"]!;
        var drained = (int)Container["lifecycle"]!["preStop"]!["sleep"]!["seconds"]!;
        Assert.True(drained >= noticed, "It would end before the others know.");
        Assert.True((int)Pod["terminationGracePeriodSeconds"]! > drained + 10, "It would be killed with work in its hands.");
        Assert.NotNull(Pod["affinity"]!["podAntiAffinity"]!["requiredDuringSchedulingIgnoredDuringExecution"]);
    }

    [Fact]
    public void Ask_a_server_how_it_is_by_the_right_doors()
    {
        Assert.Equal("/health/live", (string)Container["startupProbe"]!["httpGet"]!["path"]!);
        Assert.Equal("/health/live", (string)Container["livenessProbe"]!["httpGet"]!["path"]!);
        Assert.Equal("/health/ready", (string)Container["readinessProbe"]!["httpGet"]!["path"]!);
        var ports = Container["ports"]!.AsArray().Select(port => (string)port!["name"]!).ToList();
        Assert.All(["startupProbe", "livenessProbe", "readinessProbe"], probe => Assert.Contains((string)Container[probe]!["httpGet"]!["port"]!, ports));
    }

    [Fact]
    public void Give_a_server_no_rights_and_nothing_to_write_on_but_its_data()
    {
        var security = Container["securityContext"]!;
        Assert.True((bool)Pod["securityContext"]!["runAsNonRoot"]!);
        Assert.True((bool)security["readOnlyRootFilesystem"]!);
        Assert.False((bool)security["allowPrivilegeEscalation"]!);
        Assert.Equal(["ALL"], security["capabilities"]!["drop"].Strings());
        Assert.False((bool)Pod["automountServiceAccountToken"]!);
        Assert.NotNull(Container["resources"]!["limits"]!["memory"]);
        Assert.NotNull(Container["resources"]!["requests"]!["cpu"]);
        var volumes = Pod["volumes"]!.AsArray().Select(volume => (string)volume!["name"]!);
        Assert.Equal(volumes, Container["volumeMounts"]!.AsArray().Select(mount => (string)mount!["name"]!));
        Assert.Contains("USER 10001:10001", Repository.Read("deploy/Dockerfile"), StringComparison.Ordinal);
        Assert.Equal(10_001, (int)Pod["securityContext"]!["runAsUser"]!);
    }

    [Fact]
    public void Set_what_servers_know()
    {
        KnownSettings.AssertKnown(Of("ConfigMap")["data"].Names());
        KnownSettings.AssertKnown(Of("Secret")["stringData"].Names());
        KnownSettings.AssertKnown(Container["env"]!.AsArray().Select(setting => (string)setting!["name"]!));
    }

    private static JsonNode Of(string kind) => All.Single(manifest => (string)manifest["kind"]! == kind);
}
