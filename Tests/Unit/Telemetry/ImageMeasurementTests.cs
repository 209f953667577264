using System.Diagnostics;
using System.Diagnostics.Metrics;
using ClassifierFunctions.Results;
using ClassifierFunctions.Telemetry;

namespace ClassifierFunctions.Tests.Unit.Telemetry;

public sealed class ImageMeasurementTests
{
    [Fact]
    public void Dispose_Succeeded_ActivityHasTagsAndStages()
    {
        using var activities = new ImageActivities("image-succeeded");
        var timings = new StageTimings();
        using (var image = ClassifierTelemetry.StartImage("image-succeeded", "7"))
        {
            timings.Record(Stage.Queue, "image-succeeded", TimeSpan.FromMilliseconds(2));
            timings.Record(Stage.Queue, "image-succeeded", TimeSpan.FromMilliseconds(3));
            timings.Record(Stage.Decode, "image-succeeded", TimeSpan.FromMilliseconds(1.5));
            image.Batched(4);
            image.Succeeded();
        }

        var activity = Assert.Single(activities.Stopped);
        Assert.Equal("classify", activity.OperationName);
        Assert.Equal(ActivityStatusCode.Unset, activity.Status);
        Assert.Equal(
            new Dictionary<string, object?>
            {
                ["model"] = "image-succeeded",
                ["version"] = "7",
                ["outcome"] = "succeeded",
                ["batch.size"] = 4,
                ["classifier.stage.queue"] = 5.0,
                ["classifier.stage.decode"] = 1.5,
            },
            activity.TagObjects.ToDictionary());
        // The same numbers, not others.
        Assert.Equal("decode;dur=1.50, queue;dur=5.00", timings.ServerTiming());
    }

    [Fact]
    public void Dispose_Failed_ActivityHasTheErrorsName()
    {
        using var activities = new ImageActivities("image-failed");
        using (var image = ClassifierTelemetry.StartImage("image-failed", "1"))
            image.Failed(ClassifierError.UndecodableImage);

        var activity = Assert.Single(activities.Stopped);
        Assert.Equal((ActivityStatusCode.Error, "UndecodableImage"), (activity.Status, activity.StatusDescription));
        Assert.Equal("UndecodableImage", activity.GetTagItem("outcome"));
    }

    [Fact]
    public void Dispose_NothingSaid_IsInternal()
    {
        using var activities = new ImageActivities("image-internal");
        ClassifierTelemetry.StartImage("image-internal", "1").Dispose();

        Assert.Equal((ActivityStatusCode.Error, "Internal"), (activities.Stopped.Single().Status, activities.Stopped.Single().StatusDescription));
    }

    [Fact]
    public void Dispose_Cancelled_IsNoError()
    {
        using var activities = new ImageActivities("image-cancelled");
        using (var image = ClassifierTelemetry.StartImage("image-cancelled", "1"))
            image.Cancelled();

        Assert.Equal((ActivityStatusCode.Unset, "cancelled"), (activities.Stopped.Single().Status, activities.Stopped.Single().GetTagItem("outcome")));
    }

    [Fact]
    public async Task StartImage_InParallel_EachHasItsOwnStages()
    {
        using var activities = new ImageActivities("image-parallel");
        // One request, several images.
        var timings = new StageTimings();
        await Parallel.ForAsync(0, 50, async (i, _) =>
        {
            using var image = ClassifierTelemetry.StartImage("image-parallel", $"{i}");
            await Task.Yield();
            timings.Record(Stage.Inference, "image-parallel", TimeSpan.FromMilliseconds(i + 1));
            image.Succeeded();
        });

        Assert.Equal(50, activities.Stopped.Count);
        Assert.All(activities.Stopped, activity =>
            Assert.Equal(double.Parse((string)activity.GetTagItem("version")!, System.Globalization.CultureInfo.InvariantCulture) + 1, activity.GetTagItem("classifier.stage.inference")));
    }

    [Fact]
    public void Record_OtherActivityIsCurrent_IsLeftAlone()
    {
        using var request = new Activity("request").Start();
        new StageTimings().Record(Stage.Decode, "image-other", TimeSpan.FromMilliseconds(1));

        Assert.Empty(request.TagObjects);
    }

    [Fact]
    public void Dispose_Always_CountsOneImage()
    {
        var outcomes = new List<string>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Meter.Name == ClassifierTelemetry.Name && instrument.Name == "classifier.images")
                self.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((_, count, tags, _) =>
        {
            var values = tags.ToArray().ToDictionary(tag => tag.Key, tag => tag.Value as string);
            if (values["model"] == "image-counted")
                outcomes.Add($"{count} {values["outcome"]}");
        });
        listener.Start();
        using (var image = ClassifierTelemetry.StartImage("image-counted", "1"))
            image.Succeeded();
        using (var image = ClassifierTelemetry.StartImage("image-counted", "1"))
            image.Failed(ClassifierError.Overloaded);

        Assert.Equal(["1 succeeded", "1 Overloaded"], outcomes);
    }
}
