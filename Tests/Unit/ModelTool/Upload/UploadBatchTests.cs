using ClassifierFunctions.ModelTool.Upload;
using ClassifierFunctions.Results;
using Microsoft.Extensions.Time.Testing;

namespace ClassifierFunctions.Tests.Unit.ModelTool.Upload;

public sealed class UploadBatchTests
{
    private static readonly UploadFile[] Files = [new(0, "a", "m/a"), new(1, "b", "m/b"), new(2, "c", "m/c")];

    private readonly FakeTimeProvider _time = new();
    private readonly List<string?> _added = [];
    private readonly UploadBatch _batch;
    private int _uploaded;
    private int _answered;

    public UploadBatchTests() => _batch = new UploadBatch(Files.Length, result => _added.Add(result.FileName), () => _uploaded++, () => _answered++, _time);

    [Fact]
    public void AddResult_InAnyOrder_LeavesInTheFilesOrder()
    {
        _batch.AddUpload(Files[2], "2");
        _batch.AddResult(Files[2], Result());
        _batch.AddUpload(Files[1], "1");
        Assert.Empty(_added);

        _batch.AddFailure(Files[0], StorageProblem.NotUploaded("403"));
        Assert.Equal(["a"], _added);

        _batch.AddResult(Files[1], Result());
        Assert.Equal(["a", "b", "c"], _added);
        Assert.Equal((3, 3, 2, 0), (_uploaded, _answered, _batch.Uploaded, _batch.Missing));
    }

    [Fact]
    public void FindMissing_OtherVersionOrAnsweredOne_IsNull()
    {
        _batch.AddUpload(Files[0], "new");

        Assert.Null(_batch.FindMissing("m/a", "old"));
        Assert.Null(_batch.FindMissing("m/b", "new"));
        Assert.Same(Files[0], _batch.FindMissing("m/a", "new"));
        _batch.AddResult(Files[0], Result());
        Assert.Null(_batch.FindMissing("m/a", "new"));
    }

    [Fact]
    public void GiveUp_MissingOnes_FailWithoutAnAnswer()
    {
        _batch.AddUpload(Files[0], "0");
        _batch.AddUpload(Files[1], "1");
        _batch.AddUpload(Files[2], "2");
        _batch.AddResult(Files[1], Result());

        Assert.Equal(2, _batch.GiveUp());
        Assert.Equal([504, null, 504], _batch.Results.Select(result => result.Error?.Status));
    }

    [Fact]
    public void Quiet_UploadOrResult_BeginsAgain()
    {
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(TimeSpan.FromSeconds(5), _batch.Quiet);

        _batch.AddUpload(Files[0], "0");
        Assert.Equal(TimeSpan.Zero, _batch.Quiet);
        _time.Advance(TimeSpan.FromSeconds(2));
        _batch.AddResult(Files[0], Result());
        Assert.Equal(TimeSpan.Zero, _batch.Quiet);
    }

    [Fact]
    public void Models_Results_AreNamedOnce()
    {
        _batch.AddResult(Files[0], Result());
        _batch.AddResult(Files[1], Result() with { Version = "2" });
        _batch.AddResult(Files[2], Result());

        Assert.Equal([("m", "1"), ("m", "2")], _batch.Models);
    }

    private static UploadResult Result() => new()
    {
        Status = UploadResult.Succeeded,
        Model = "m",
        Version = "1",
        Predictions = [new("oak", 1, 0)],
        Image = new("png", 1, 1),
        Source = new("", "", 0, default, default),
    };
}
